using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>What is known of a mailbox while it is written into. It holds as long as nobody else writes, and every answer comes.</summary>
internal sealed class MailboxView : IDisposable
{
    /// <summary>Nothing is read yet.</summary>
    /// <param name="client">The mailbox.</param>
    /// <param name="spool">Takes attachments of what is opened.</param>
    /// <param name="before">What was known of it until now; null at first.</param>
    public MailboxView(GraphClient client, AttachmentSpool spool, MailboxView? before = null)
    {
        Folders = new TargetFolders(client);
        Copies = new GraphCopies(client, before?.Copies);
        GivenBack givenBack = new(client, spool);
        Creators = new Dictionary<GraphFolderKind, ItemCreator>
        {
            [GraphFolderKind.Mail] = new MessageCreator(client, Copies, givenBack),
            [GraphFolderKind.Contacts] = new ContactCreator(client, Copies, givenBack),
            [GraphFolderKind.Calendar] = new EventCreator(client, Copies, givenBack),
            [GraphFolderKind.Tasks] = new TaskCreator(client, Copies, givenBack),
        };
        Duplicates = new DuplicateFinder(client, Copies.Items, spool, (kind, item, provenance) => Creators[kind].Plan(item, provenance, [], MessageDetail.Full));
    }

    /// <summary>Its folders.</summary>
    public TargetFolders Folders { get; }

    /// <summary>What was copied into it.</summary>
    public GraphCopies Copies { get; }

    /// <summary>What makes items, by their kind.</summary>
    public IReadOnlyDictionary<GraphFolderKind, ItemCreator> Creators { get; }

    /// <summary>What finds items from elsewhere.</summary>
    public DuplicateFinder Duplicates { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Copies.Dispose();
        Folders.Dispose();
    }
}
