using System.Management.Automation;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>
/// Lets a parameter of items take them as Get-PstItem gives them, and as they come out of a job, a remote session, Import-Clixml or Import-Csv: what names an
/// item is text. Anything else is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PstItemTransformationAttribute : ObjectTransformationAttribute
{
    /// <summary>Whether items as Compare-PstToMailbox tells of them are taken too: as they are now, since nobody has looked at them as they were.</summary>
    public bool TakesCompared { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Given.Unwrap(inputData) is not PstItemInfo && IsNotTaken(inputData)
        ? Array.Empty<PstItemInfo>()
        : Given.Each(inputData).Select(v => Given.Unwrap(v) as PstItemInfo ?? FindCompared(v) ?? Find(v) ?? throw Given.Refusal(Strings.NotAnItem, v)).ToArray();

    private PstItemInfo? FindCompared(object? value) =>
        TakesCompared && Given.Unwrap(value) is PstComparedItem { PstPath: string path, SourceItem: ItemKey key } compared && NodeId.TryParse(key.Id, out NodeId node)
            ? new PstItemInfo(
                new PstItemReference(new PstHandle(path, PstOpenOptions.Default, TimeProvider.System), key.Store.Substring(key.Store.IndexOf(':') + 1), node, ""), compared.Folder, PstItemSummary.Unread(node))
            {
                IsOfAnyVersion = true,
            }
            : null;

    private static PstItemInfo? Find(object? value) =>
        Given.Text(value, nameof(PstItemInfo.PstPath)) is { Length: > 0 } path
        && Given.Text(value, nameof(PstItemInfo.RecordKey)) is string recordKey
        && Given.Text(value, nameof(PstItemInfo.Version)) is { Length: > 0 } version
        && NodeId.TryParse(Given.Text(value, nameof(PstItemInfo.NodeId)) ?? "", out NodeId node)
            ? new PstItemInfo(
                new PstItemReference(new PstHandle(path, PstOpenOptions.Default, TimeProvider.System), recordKey, node, version),
                Given.Text(value, nameof(PstItemInfo.Folder)) ?? "",
                PstItemSummary.Unread(node))
            {
                IsAssociated = node.Type == NodeIdType.AssociatedMessage,
            }
            : null;
}
