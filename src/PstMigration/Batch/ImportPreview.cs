using PstMigration.Commands;
using PstMigration.Mailboxes;
using PstMigration.Mapi;

namespace PstMigration.Batch;

/// <summary>What an import would do, in words, with the time the limits of a mailbox allow, and what speaks against it.</summary>
internal static class ImportPreview
{
    /// <summary>Opens every item that is meant.</summary>
    /// <param name="task">The run that would be.</param>
    /// <param name="source">From where.</param>
    /// <param name="import">What and where to.</param>
    /// <param name="target">The mailbox, opened.</param>
    /// <param name="advice">What speaks against it.</param>
    /// <param name="cancellationToken">Stops with the pipeline.</param>
    internal static Task<string> TellAsync(
        TransferTask task, IItemSource source, MailboxImport import, IItemTarget target, ImportAdvice advice, CancellationToken cancellationToken)
    {
        MailboxEffort effort = new();
        return task.PreviewAsync(
            source,
            c => target.Refuse(c) is not null,
            item =>
            {
                effort.AddUpload(item);
                return [.. item.Losses];
            },
            import.Options,
            cancellationToken,
            preview =>
            {
                effort.AddFolders(preview.Folders);
                effort.AddContent(preview.BytesTaken);
                return effort.Estimate(new MailboxLimits());
            },
            preview => advice.GiveAsync(import.Path, preview, import.Options.TargetRoot, import.Mailbox.Connection, target, cancellationToken),
            target);
    }
}
