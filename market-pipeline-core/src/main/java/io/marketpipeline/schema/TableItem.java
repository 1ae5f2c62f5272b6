package io.marketpipeline.schema;

/** What can be put into a table. */
public interface TableItem {
    /** Equal for two items of one table if their keys are. */
    Object key();

    /** Writes all attributes, those of the key among them. In the order of their names {@link ItemHash} needn't sort them. */
    void writeTo(AttributeWriter attributes);
}
