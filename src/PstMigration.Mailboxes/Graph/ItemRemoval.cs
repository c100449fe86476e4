using System.Threading;
using System.Threading.Tasks;

namespace PstMigration.Mailboxes;

/// <summary>Takes back an item this run has made and could not finish. Nothing else is ever deleted.</summary>
internal static class ItemRemoval
{
    /// <summary>Removes it for good; where the service does not offer that, to the deleted items.</summary>
    public static async Task RemoveAsync(GraphMailbox mailbox, FoundItem item, CancellationToken cancellationToken)
    {
        try
        {
            await GraphErrors.CallAsync(() => item.Kind == GraphFolderKind.Mail
                ? mailbox.User.Messages[item.Id].PermanentDelete.PostAsync(cancellationToken: cancellationToken)
                : mailbox.User.Contacts[item.Id].PermanentDelete.PostAsync(cancellationToken: cancellationToken)).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            // A first try whose answer was lost has removed it.
        }
        catch (GraphRequestException)
        {
            await DeleteAsync(mailbox, item, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task DeleteAsync(GraphMailbox mailbox, FoundItem item, CancellationToken cancellationToken)
    {
        try
        {
            await GraphErrors.CallAsync(() => item.Kind == GraphFolderKind.Mail
                ? mailbox.User.Messages[item.Id].DeleteAsync(cancellationToken: cancellationToken)
                : mailbox.User.Contacts[item.Id].DeleteAsync(cancellationToken: cancellationToken)).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            // Gone already.
        }
    }
}
