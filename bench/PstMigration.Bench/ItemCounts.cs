namespace PstMigration.Bench;

/// <summary>What was read.</summary>
/// <param name="Properties">Properties of items, recipients and attachments.</param>
/// <param name="Recipients">Recipients.</param>
/// <param name="Attachments">Attachments.</param>
/// <param name="Bytes">Bytes of text in UTF-16, of binary values and of everything that is read as a stream.</param>
internal readonly record struct ItemCounts(long Properties, long Recipients, long Attachments, long Bytes)
{
    public static ItemCounts operator +(ItemCounts a, ItemCounts b) =>
        new(a.Properties + b.Properties, a.Recipients + b.Recipients, a.Attachments + b.Attachments, a.Bytes + b.Bytes);
}
