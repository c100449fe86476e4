using System.Management.Automation;

namespace PstMigration;

/// <summary>The same as <see cref="PstItemTransformationAttribute"/> for folders of mailboxes, as Get-MsMailboxFolder gives them. Of one out of a file the mailbox has to be connected in this session.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailboxFolderTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Given.Each(inputData).Select(v => Given.Unwrap(v) as MsMailboxFolder ?? Find(v) ?? throw Given.Refusal(Strings.NotAFolder, v)).ToArray();

    private static MsMailboxFolder? Find(object? value) =>
        Given.Text(value, nameof(MsMailboxFolder.MailboxAddress)) is { Length: > 0 } address && Given.Text(value, nameof(MsMailboxFolder.Folder)) is { Length: > 0 } folder
            ? new MsMailboxFolder(address, folder, Given.Text(value, nameof(MsMailboxFolder.IsArchive)) is string archive && bool.TryParse(archive, out bool isArchive) && isArchive)
            : null;
}
