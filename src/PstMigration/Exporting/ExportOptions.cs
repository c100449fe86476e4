namespace PstMigration.Exporting;

/// <summary>What Export-PstItem was asked for.</summary>
/// <param name="Format">The format.</param>
/// <param name="AttachmentOnly">Attached files instead of items.</param>
/// <param name="Replace">Whether what is there is written anew.</param>
/// <param name="IncludeBinary">Whether JSON has binary values.</param>
internal sealed record ExportOptions(ExportFormat Format, bool AttachmentOnly, bool Replace, bool IncludeBinary)
{
    /// <summary>The format as results name it.</summary>
    internal string FormatName => AttachmentOnly ? "Attachment" : Format.ToString();
}
