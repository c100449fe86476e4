using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// A mailbox to copy into. Mail and contacts; items of other classes are skipped with the reason <c>ItemClassNotCarried</c>.
/// Every item is made by one create that holds everything, and is never changed afterwards.
/// </summary>
public sealed class GraphItemTarget : IItemTarget
{
    private readonly MailboxConnection _connection;
    private readonly TargetFolders _folders;
    private readonly MarkerIndex _index;
    private readonly MessageCreator _messages;
    private readonly ContactCreator _contacts;

    /// <summary>A target over a connection that has been reached.</summary>
    internal GraphItemTarget(MailboxConnection connection)
    {
        _connection = connection;
        GraphMailbox mailbox = connection.Mailbox;
        _folders = new TargetFolders(mailbox);
        _index = new MarkerIndex(mailbox);
        _messages = new MessageCreator(mailbox, _index);
        _contacts = new ContactCreator(mailbox, _index);
    }

    /// <inheritdoc/>
    public string Name => _connection.Address;

    /// <inheritdoc/>
    public WriteResult? Refuse(string messageClass) => KindOf(messageClass) is null
        ? WriteResult.Skipped("ItemClassNotCarried", MailboxException.Format(Strings.ItemClassNotCarried, messageClass))
        : null;

    /// <inheritdoc/>
    public async Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        return await _folders.OpenAsync(path, role, string.IsNullOrEmpty(containerClass) ? "IPF.Note" : containerClass, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken) => _index.ContainsAsync(marker, cancellationToken);

    /// <inheritdoc/>
    public async Task<WriteResult> WriteAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (folder is not GraphTargetFolder target)
        {
            throw new ArgumentException("The folder is not one of this target.", nameof(folder));
        }

        if (item is null || provenance is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(provenance));
        }

        if (KindOf(item.MessageClass) is not GraphFolderKind kind)
        {
            return Refuse(item.MessageClass)!;
        }

        // Sent before without an answer: whether it arrived is asked again before anything is sent twice.
        if (_index.IsUnsure(provenance.Marker) && await _index.ContainsAsync(provenance.Marker, cancellationToken).ConfigureAwait(false))
        {
            return new WriteResult(ItemFate.AlreadyThere, null, []);
        }

        try
        {
            // The service keeps mail and contacts apart; a file need not.
            bool fits = kind == target.Kind;
            target = fits ? target : await _folders.OpenBesideAsync(target, kind, cancellationToken).ConfigureAwait(false);
            WriteResult result = kind == GraphFolderKind.Mail
                ? await _messages.WriteAsync(target, item, provenance, cancellationToken).ConfigureAwait(false)
                : await _contacts.WriteAsync(target, item, provenance, cancellationToken).ConfigureAwait(false);
            return fits || result.Fate != ItemFate.Copied
                ? result
                : result with { Losses = [.. result.Losses, new ItemLoss(LossKind.Folder, target.Path.ToString())] };
        }
        catch (MailDataException e) when (e is not MailboxException)
        {
            return WriteResult.Failed(e.Id, e.Message);
        }
        catch (IOException e)
        {
            return WriteResult.Failed("SourceUnreadable", e.Message);
        }
    }

    /// <summary>Everything written is lasting already.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static GraphFolderKind? KindOf(string messageClass) => ItemClasses.IsMail(messageClass) ? GraphFolderKind.Mail
        : ItemClasses.IsContact(messageClass) ? GraphFolderKind.Contacts
        : null;
}
