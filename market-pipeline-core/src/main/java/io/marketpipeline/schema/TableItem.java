package io.marketpipeline.schema;

/** What can be put into a table. */
public interface TableItem {
    /** Equal for two items of one table if their keys are. */
    Object key();

    /** Writes all attributes, those of the key among them; mostly in the order of their names, which {@link ItemHash} needs. */
    void writeTo(AttributeWriter attributes);
}
