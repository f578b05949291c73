package io.cellferry.page;

/// Text as it may stand in an HTML page, between tags and in attributes within double quotes.
public final class Html {

    private Html() {}

    /// `text` with everything escaped that a page would take for more than text.
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
