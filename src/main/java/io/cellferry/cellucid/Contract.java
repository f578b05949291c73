package io.cellferry.cellucid;

/// Which of the two layouts to write. Both call themselves `compact_v1`, and neither's reader takes the other.
public enum Contract {
    /// The current one: payloads named by position, typed labels, weighted edges, strict readers.
    V0_9_1("0.9.1", "{index}"),
    /// The one of January 2026: payloads named by cleaned-up field and gene names, labels always text.
    V0_9_0("0.9.0", "{key}");

    private final String version;
    private final String placeholder;

    Contract(String version, String placeholder) {
        this.version = version;
        this.placeholder = placeholder;
    }

    /// As written into `cellucid_data_version`.
    public String version() {
        return version;
    }

    /// What stands for a field or gene in the path patterns of the manifests; the only sure mark of a contract.
    String placeholder() {
        return placeholder;
    }
}
