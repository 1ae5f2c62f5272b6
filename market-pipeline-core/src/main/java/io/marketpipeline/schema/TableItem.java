package io.marketpipeline.schema;

/** What can be put into a table. */
public interface TableItem {
    /** Writes all attributes, those of the key among them. */
    void writeTo(AttributeWriter attributes);
}
