using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Errors;
using PstMigration.Mailboxes;
using PstMigration.Mapi;

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
    public string[]? Folder { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessMailboxAsync(MsMailbox mailbox, CancellationToken cancellationToken)
    {
        IReadOnlyList<MailboxFolderInfo> folders = await mailbox.Connection.GetFoldersAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<FolderPath, FolderRole> roles = [];
        foreach (MailboxFolderInfo folder in folders)
        {
            roles[folder.Path] = folder.Role;
        }

        FolderRole RoleOf(FolderPath path) => roles.TryGetValue(path, out FolderRole role) ? role : FolderRole.None;
        if (Folder is null)
        {
            foreach (MailboxFolderInfo folder in folders)
            {
                WriteObject(new MsMailboxFolder(mailbox, folder));
            }

            return;
        }

        foreach (string wanted in Folder)
        {
            FolderSelector selector = FolderSelector.Parse(wanted);
            IReadOnlyList<MailboxFolderInfo> found = [.. folders.Where(f => selector.Matches(f.Path, RoleOf))];
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(wanted))
            {
                WriteError(ErrorRecords.From(FolderErrors.NotFound(wanted, mailbox.Address), wanted));
            }

            foreach (MailboxFolderInfo folder in found)
            {
                WriteObject(new MsMailboxFolder(mailbox, folder));
            }
        }
    }
}
