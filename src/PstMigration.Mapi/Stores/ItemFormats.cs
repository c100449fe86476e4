namespace PstMigration.Mapi;

/// <summary>The formats a program knows, in the order in which a path is asked what it is.</summary>
/// <param name="all">All of them.</param>
public sealed class ItemFormats(IReadOnlyList<ItemFormat> all)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<ItemFormat> All { get; } = all ?? throw new ArgumentNullException(nameof(all));

    /// <summary>The format of a name; null for none.</summary>
    public ItemFormat? Find(string id) => All.FirstOrDefault(f => f.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is at a path, of the formats that can be read; null for none of them.</summary>
    /// <param name="path">The full path of something that exists.</param>
    /// <exception cref="MailDataException">It cannot be looked at.</exception>
    public ItemFormat? Detect(string path) => All.FirstOrDefault(f => f.CanRead && f.Detect(path));
}
