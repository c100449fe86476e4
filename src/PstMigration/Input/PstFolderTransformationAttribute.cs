using System.Management.Automation;

namespace PstMigration;

/// <summary>The same as <see cref="PstItemTransformationAttribute"/> for folders, as Get-PstFolder gives them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PstFolderTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Given.Each(inputData).Select(v => Given.Unwrap(v) as PstFolderInfo ?? Find(v) ?? throw Given.Refusal(Strings.NotAFolder, v)).ToArray();

    // What has a version is an item.
    private static PstFolderInfo? Find(object? value) =>
        Given.Text(value, nameof(PstItemInfo.Version)) is null
        && Given.Text(value, nameof(PstFolderInfo.PstPath)) is { Length: > 0 } path
        && Given.Text(value, nameof(PstFolderInfo.Folder)) is { Length: > 0 } folder
        && Given.Text(value, nameof(PstFolderInfo.RecordKey)) is string recordKey
        && Given.Text(value, nameof(PstFolderInfo.NodeId)) is { Length: > 0 } node
            ? new PstFolderInfo(path, folder, recordKey, node)
            : null;
}
