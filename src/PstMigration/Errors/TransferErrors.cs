using System.Management.Automation;
using PstMigration.Transfer;

namespace PstMigration.Errors;

/// <summary>Errors about single items of a transfer.</summary>
internal static class TransferErrors
{
    /// <summary>An item that did not arrive, or of which nobody knows.</summary>
    internal static ErrorRecord Item(PstTransferItem item) => ErrorRecords.From(
        ErrorRecords.Exception(
            TransferErrorIds.ItemNotCopied, item.Subject.Length > 0 ? Strings.ItemNotCopied : Strings.ItemNotCopiedUnnamed, item.Folder, item.Subject, item.Reason),
        item.ReasonId ?? TransferErrorIds.ItemNotCopied.Name,
        TransferErrorIds.ItemNotCopied,
        item.SourceKey);
}
