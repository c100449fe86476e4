namespace PstMigration.Formats;

/// <summary>How <see cref="JsonExport"/> writes.</summary>
public sealed class JsonExportOptions
{
    /// <summary>Also binary values and the bytes of attachments, as base64. Without it they are named and left out.</summary>
    public bool IncludeBinary { get; init; }
}
