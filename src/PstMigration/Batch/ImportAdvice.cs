using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>
/// What somebody who moves mail for a living would say before an import, each only where it is known. The limits are those of "Exchange Online limits" (mailbox folder limits, message
/// limits, storage limits) and of Outlook.com's free storage.
/// </summary>
/// <param name="Warn">Is told each.</param>
/// <param name="Clock">All time there is.</param>
internal sealed record ImportAdvice(Action<string> Warn, TimeProvider Clock)
{
    private const int MostItemsInFolder = 1_000_000;
    private const int MostLevels = 300;
    private const long SmallestPlan = 50L << 30;
    private const long FreePersonal = 15L << 30;
    private const int YearsPoliciesCount = 2;

    /// <summary>Looks at an import that has been previewed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="preview">What would be brought.</param>
    /// <param name="root">The folder everything goes below; null for none.</param>
    /// <param name="mailbox">Where to.</param>
    /// <param name="target">The same, opened.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task GiveAsync(string file, TransferPreview preview, FolderPath? root, IMailbox mailbox, IItemTarget target, CancellationToken cancellationToken)
    {
        TransferShape shape = preview.Shape;
        if (shape.LargeItems > 0)
        {
            Warn(LocalText.Format(Strings.AdviceLargeItems, file, shape.LargeItems, TransferShape.LargestMessage >> 20));
        }

        int levels = shape.Depth + (root?.Names.Count ?? 0);
        if (levels >= MostLevels)
        {
            Warn(LocalText.Format(Strings.AdviceDepth, file, levels, MostLevels));
        }

        await CountFoldersAsync(file, shape, root, mailbox, target, cancellationToken).ConfigureAwait(false);
        MailboxInfo info = await mailbox.GetInfoAsync(null, cancellationToken).ConfigureAwait(false);
        long? quota = info.Kind switch
        {
            MailboxKind.Organization => SmallestPlan,
            MailboxKind.Personal => FreePersonal,
            _ => null,
        };
        if (info.Size is long used && used + preview.Bytes > quota)
        {
            Warn(LocalText.Format(info.Kind == MailboxKind.Personal ? Strings.AdviceQuotaPersonal : Strings.AdviceQuota, file, (used + preview.Bytes) / (double)(1 << 30), quota >> 30));
        }

        if (info.Kind == MailboxKind.Organization && shape.Oldest < Clock.GetUtcNow().AddYears(-YearsPoliciesCount))
        {
            Warn(LocalText.Format(Strings.AdviceRetention, file, shape.Oldest.Value.Year, mailbox.Address));
        }
    }

    private async Task CountFoldersAsync(string file, TransferShape shape, FolderPath? root, IMailbox mailbox, IItemTarget target, CancellationToken cancellationToken)
    {
        // What the mailbox has already matters only where much comes.
        if (!shape.Folders.Any(f => f.Items > MostItemsInFolder / 10))
        {
            return;
        }

        IReadOnlyList<MailboxFolderInfo> there = await mailbox.GetFoldersAsync(null, cancellationToken).ConfigureAwait(false);
        foreach ((SourceFolder folder, long items) in shape.Folders)
        {
            TargetFolder? found = target is IFolderFinder finder
                ? await finder.FindFolderAsync(root is null ? folder.Path : new FolderPath(root.Names.Concat(folder.Path.Names)), root is null ? folder.Role : FolderRole.None, folder.ContainerClass, cancellationToken).ConfigureAwait(false)
                : null;
            long sum = items + (there.FirstOrDefault(f => f.Id == found?.Key)?.ItemCount ?? 0);
            if (sum > MostItemsInFolder)
            {
                Warn(LocalText.Format(Strings.AdviceFullFolder, file, folder.Path, sum, MostItemsInFolder));
            }
        }
    }
}
