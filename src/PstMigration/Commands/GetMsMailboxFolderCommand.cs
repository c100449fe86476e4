using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Mailboxes;

namespace PstMigration.Commands;

/// <summary>Gets the folders of a mailbox, parents before children.</summary>
[Cmdlet(VerbsCommon.Get, "MsMailboxFolder")]
[OutputType(typeof(MsMailboxFolder))]
public sealed class GetMsMailboxFolderCommand : MailboxCommand
{
    /// <summary>Only these: roles, paths in any language, wildcards.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[]? Folder { get; set; }

    /// <summary>Folders by their paths, every character taken as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[]? LiteralFolder { get; set; }

    /// <summary>The folders of the archive mailbox.</summary>
    [Parameter]
    public SwitchParameter Archive { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessMailboxAsync(MsMailbox mailbox, CancellationToken cancellationToken)
    {
        IReadOnlyList<MailboxFolderInfo> folders = await (Archive
            ? MailboxArchive.Of(mailbox).GetArchiveFoldersAsync(WriteDebug, cancellationToken)
            : mailbox.Connection.GetFoldersAsync(WriteDebug, cancellationToken)).ConfigureAwait(false);
        IEnumerable<MailboxFolderInfo> selected = Folder is null && LiteralFolder is null ? folders : NamedFolders.Select(NamedFolders.Of(Folder, LiteralFolder), mailbox.Address, folders, f => f.Path, f => f.Role);
        foreach (MailboxFolderInfo folder in selected)
        {
            WriteObject(new MsMailboxFolder(mailbox, folder, Archive));
        }
    }
}
