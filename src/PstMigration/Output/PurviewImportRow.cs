namespace PstMigration;

/// <summary>A row of the mapping file of Microsoft's PST import, by the columns of it, with the file it is of.</summary>
public sealed class PurviewImportRow
{
    /// <summary>The columns, in the order and with the names the service wants them.</summary>
    internal static readonly string[] Columns =
        ["Workload", "FilePath", "Name", "Mailbox", "IsArchive", "TargetRootFolder", "ContentCodePage", "SPFileContainer", "SPManifestContainer", "SPSiteUrl"];

    /// <summary>The data file on this computer: what has to be uploaded.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>The service: always Exchange.</summary>
    public string Workload { get; } = "Exchange";

    /// <summary>The folder in the upload location, without the container; empty for none. The service minds its case.</summary>
    public string FilePath { get; internal init; } = "";

    /// <summary>The name of the file. The service minds its case.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The address of the mailbox, or its GUID.</summary>
    public string Mailbox { get; internal init; } = "";

    /// <summary>Whether it goes into the archive mailbox.</summary>
    public bool IsArchive { get; internal init; }

    /// <summary>Where to: / for the top of the mailbox, / and a name for a folder there; empty for a folder named Imported.</summary>
    public string TargetRootFolder { get; internal init; } = "";

    /// <summary>The code page of an ANSI file; null for none.</summary>
    public int? ContentCodePage { get; internal init; }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; internal init; }

    /// <summary>The mapping file it was written to; null where none was.</summary>
    public string? MappingFile { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Name + " -> " + Mailbox;
}
