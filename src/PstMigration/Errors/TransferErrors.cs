using System.Management.Automation;
using PstMigration.Transfer;

namespace PstMigration.Errors;

/// <summary>Errors about single items of a transfer.</summary>
internal static class TransferErrors
{
    /// <summary>An item that did not arrive, or of which nobody knows.</summary>
    /// <param name="item">The item.</param>
    /// <param name="source">What it is in; null where that goes without saying.</param>
    internal static ErrorRecord Item(PstTransferItem item, string? source) => ErrorRecords.From(
        ErrorRecords.Exception(
            TransferErrorIds.ItemNotCopied,
            item.Subject.Length > 0 ? Strings.ItemNotCopied : Strings.ItemNotCopiedUnnamed,
            // Both stand between the quotes of the text.
            source is null ? item.Folder : LocalText.Format(Strings.FolderOfSource, item.Folder, source),
            item.Subject,
            item.Reason),
        item.ReasonId ?? TransferErrorIds.ItemNotCopied.Name,
        TransferErrorIds.ItemNotCopied,
        item.SourceKey);
}
