using Microsoft.Graph.Models;

namespace PstMigration.Mailboxes;

/// <summary>
/// Notes that are made with a copy after it was created: where it was moved, and what turned out to be lost. Only properties of this project's own; what people see of
/// an item is never changed.
/// </summary>
internal static class CopyNotes
{
    /// <summary>Writes notes. Where the service does not take them the copy is as good; a later run knows less of it.</summary>
    public static async Task WriteAsync(GraphClient client, GraphCopy copy, List<SingleValueLegacyExtendedProperty> notes, CancellationToken cancellationToken)
    {
        try
        {
            await client.Items(copy.Kind).WriteNotesAsync(copy, notes, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException)
        {
        }
        catch (MailboxException e) when (e.Error == MailboxErrorIds.MailboxAccessDenied || e is BadAnswerException)
        {
        }
    }
}
