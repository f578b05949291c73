package io.cellferry.dataset;

/// One annotation column without its values. `storedType` is the type on disk in plain words ("category of 12 text
/// labels", "float64", "nullable integer"); `index` marks the column that names the rows.
public record ColumnInfo(String name, Kind kind, String storedType, boolean index) {

    public enum Kind {
        NUMBER,
        FLAG,
        CATEGORY,
        TEXT,
        /// Something no viewer column can be made of; `storedType` says what.
        OTHER
    }
}
