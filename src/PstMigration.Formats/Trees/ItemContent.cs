using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>What a <see cref="TreeTarget"/> writes of an item.</summary>
/// <param name="storePrefix">What the keys of a tree of it begin with.</param>
/// <param name="ending">The ending of its file; empty where it gets a directory.</param>
/// <param name="besideEndings">The endings of files that may lie beside it.</param>
internal abstract class ItemContent(string storePrefix, string ending, params string[] besideEndings)
{
    /// <summary>What the keys of a tree of it begin with.</summary>
    public string StorePrefix => storePrefix;

    /// <summary>The ending of its file; empty where it gets a directory.</summary>
    public string Ending => ending;

    /// <summary>The endings of files and directories that may lie beside it.</summary>
    public IReadOnlyList<string> BesideEndings => besideEndings;

    /// <summary>Whether an item gets a directory with files.</summary>
    public bool IsDirectory => ending.Length == 0;

    /// <summary>Whether the file says itself what it is a copy of.</summary>
    public virtual bool HasHeaders => false;

    /// <summary>Whether a name may be that of an item; where the file does not say itself what it is, it has to have the digits of one.</summary>
    public bool IsOf(string name) =>
        name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && (HasHeaders || ItemFileName.Parse(name, ending) is not null);

    /// <summary>Begins what a tree of it has besides its items; null where there is nothing.</summary>
    /// <param name="root">The full path of the tree.</param>
    public virtual HtmlIndex? OpenIndex(string root) => null;

    /// <summary>Makes a file name what lies beside it as that is called now. Its time and its length may change.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="was">The name it was written under, without an ending.</param>
    /// <param name="now">The name it has now.</param>
    public virtual void Rename(string path, string was, string now)
    {
    }

    /// <summary>Writes the unfinished files of an item.</summary>
    /// <param name="prepared">The item, which takes them.</param>
    /// <param name="begun">The full path they begin with; behind it come an ending and <see cref="AtomicFile.Suffix"/>.</param>
    /// <returns>What they do not hold.</returns>
    /// <exception cref="MailDataException">What reading the item throws; AccessDenied, DiskFull, TreeWriteFailed.</exception>
    public abstract IReadOnlyList<ItemLoss> Write(PreparedFiles prepared, string begun);
}

/// <summary>A MIME message.</summary>
internal sealed class EmlContent() : ItemContent("eml", ".eml")
{
    public override bool HasHeaders => true;

    public override IReadOnlyList<ItemLoss> Write(PreparedFiles prepared, string begun)
    {
        IReadOnlyList<ItemLoss> losses = [];
        MimeExportOptions options = TreeMessage.Options(prepared.Provenance, prepared.Folder.Path, prepared.Key, prepared.Cancellation);
        prepared.Write(Ending, begun + Ending + AtomicFile.Suffix, s => losses = MimeExport.Write(prepared.Item, s, options));
        return losses;
    }
}

/// <summary>Plain text.</summary>
internal sealed class TextContent(ItemTargetOptions options) : ItemContent("text", ".txt")
{
    public override IReadOnlyList<ItemLoss> Write(PreparedFiles prepared, string begun)
    {
        IReadOnlyList<ItemLoss> losses = [];
        prepared.Write(
            Ending, begun + Ending + AtomicFile.Suffix, s => losses = TextExport.Write(prepared.Item, s, new TextExportOptions { TimeZone = options.Zone }));
        return losses;
    }
}

/// <summary>A JSON document.</summary>
internal sealed class JsonContent(ItemTargetOptions options) : ItemContent("json", ".json")
{
    public override IReadOnlyList<ItemLoss> Write(PreparedFiles prepared, string begun)
    {
        IReadOnlyList<ItemLoss> losses = [];
        ItemProvenance from = prepared.Provenance;
        JsonExportOptions json = new() { IncludeBinary = options.IncludeBinary };
        prepared.Write(Ending, begun + Ending + AtomicFile.Suffix, s => losses = JsonExport.Write(prepared.Item, s, from.Folder, from.Key, json));
        return losses;
    }
}
