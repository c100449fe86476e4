using System.Runtime.CompilerServices;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The changes of a folder by the service's delta tokens ([delta query overview]). A token the service has forgotten (410) is no error: the folder is read whole. Calendars have no
/// feed but one of a range of days, so they are always read whole.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="fetcher">Opens the items.</param>
/// <param name="folder">The folder.</param>
/// <param name="state">Where to begin: the folder's id and the token, one a line.</param>
/// <param name="note">Is told how many items were read, where the folder is read whole.</param>
/// <param name="see">Is shown each item.</param>
internal sealed class GraphItemChanges(GraphClient client, ItemFetcher fetcher, SourceFolder folder, string? state, Action<int> note, Action<SourceItem> see) : ItemChanges
{
    private const string Token = "$deltatoken=";

    /// <summary>Pages are as short as those of any list unless a size is asked for, with every page ([delta query overview]).</summary>
    private const string PageSize = "odata.maxpagesize=500";

    private readonly GraphFolderKind _kind = GraphFolder.KindOf(FolderRole.None, folder.ContainerClass) ?? GraphFolderKind.Mail;
    private int _read;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ItemChange> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_kind == GraphFolderKind.Calendar)
        {
            BeginWhole();
            await foreach (GraphSourceItem item in client.Items(_kind).ReadAsync(folder.Key.Id, fetcher, cancellationToken).ConfigureAwait(false))
            {
                Count(item);
                yield return new ItemChange(item.Key, item);
            }

            yield break;
        }

        string? token = ReadToken();
        if (token is null)
        {
            BeginWhole();
        }

        DeltaPage? page = await FirstAsync(token, cancellationToken).ConfigureAwait(false);
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (true)
        {
            if (page is null)
            {
                // The token is void, perhaps in the middle: what was given so far comes again.
                BeginWhole();
                seen.Clear();
                page = await FirstAsync(null, cancellationToken).ConfigureAwait(false) ?? throw new BadAnswerException(new FormatException("The feed has no end."));
            }

            foreach (ItemChange change in page.Changes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Count(change.Item);
                yield return change;
            }

            if (page.DeltaLink is string link)
            {
                State = WriteState(link);
                yield break;
            }

            // A link seen before would be read for ever.
            page = page.NextLink is { Length: > 0 } next && seen.Add(next) ? await PageAsync(next, cancellationToken).ConfigureAwait(false) : throw new BadAnswerException(new FormatException("The feed has no end."));
        }
    }

    private void BeginWhole()
    {
        IsFull = true;
        note(_read = 0);
    }

    private void Count(SourceItem? item)
    {
        if (item is null)
        {
            return;
        }

        see(item);
        if (IsFull)
        {
            note(++_read);
        }
    }

    private Task<DeltaPage?> FirstAsync(string? token, CancellationToken cancellationToken) => token is null
        ? PageAsync(null, cancellationToken)
        : PageAsync(Address() + "?" + Token + Uri.EscapeDataString(token), cancellationToken);

    /// <summary>One page; null where the service has forgotten the token.</summary>
    private async Task<DeltaPage?> PageAsync(string? link, CancellationToken cancellationToken)
    {
        try
        {
            return await GraphErrors.CallAsync(() => ReadPageAsync(link, cancellationToken)).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.Status == 410 && link is not null)
        {
            return null;
        }
    }

    private async Task<DeltaPage> ReadPageAsync(string? link, CancellationToken cancellationToken)
    {
        string id = folder.Key.Id;
        switch (_kind)
        {
            case GraphFolderKind.Mail:
                var messages = client.User.MailFolders[id].Messages.Delta;
                var mail = await (link is null
                    ? messages.GetAsDeltaGetResponseAsync(
                        c =>
                        {
                            (c.QueryParameters.Select, c.QueryParameters.Expand) = (GraphSourceItem.MessageFields, GraphSourceItem.MessageExpand);
                            c.Headers.Add("Prefer", PageSize);
                        },
                        cancellationToken)
                    : messages.WithUrl(link).GetAsDeltaGetResponseAsync(c => c.Headers.Add("Prefer", PageSize), cancellationToken)).ConfigureAwait(false);
                return Page(mail, mail?.Value, m => m.Id, m => ((MailItems)client.Items(_kind)).Item(m, fetcher));
            case GraphFolderKind.Contacts:
                var contacts = client.User.ContactFolders[id].Contacts.Delta;
                var people = await (link is null
                    ? contacts.GetAsDeltaGetResponseAsync(
                        c =>
                        {
                            c.QueryParameters.Select = GraphSourceItem.ContactFields;
                            c.Headers.Add("Prefer", PageSize);
                        },
                        cancellationToken)
                    : contacts.WithUrl(link).GetAsDeltaGetResponseAsync(c => c.Headers.Add("Prefer", PageSize), cancellationToken)).ConfigureAwait(false);
                return Page(people, people?.Value, c => c.Id, c => ((ContactItems)client.Items(_kind)).Item(c, fetcher));
            default:
                var tasks = client.User.Todo.Lists[id].Tasks.Delta;
                var work = await (link is null ? tasks : tasks.WithUrl(link)).GetAsDeltaGetResponseAsync(c => c.Headers.Add("Prefer", PageSize), cancellationToken).ConfigureAwait(false);
                return Page(work, work?.Value, t => t.Id, t => ((TaskItems)client.Items(_kind)).Item(id, t, fetcher));
        }
    }

    private DeltaPage Page<T>(BaseDeltaFunctionResponse? answer, List<T>? entries, Func<T, string?> idOf, Func<T, GraphSourceItem?> describe)
        where T : IAdditionalDataHolder
    {
        List<ItemChange> changes = [];
        foreach (T entry in entries ?? [])
        {
            if (idOf(entry) is { Length: > 0 } id)
            {
                changes.Add(new ItemChange(new ItemKey(client.StoreKey, id), entry.AdditionalData.ContainsKey("@removed") ? null : describe(entry)));
            }
        }

        return new DeltaPage(changes, answer?.OdataNextLink, answer?.OdataDeltaLink);
    }

    /// <summary>The feed's address without query.</summary>
    private string Address()
    {
        string id = folder.Key.Id;
        RequestInformation request = _kind switch
        {
            GraphFolderKind.Mail => client.User.MailFolders[id].Messages.Delta.ToGetRequestInformation(),
            GraphFolderKind.Contacts => client.User.ContactFolders[id].Contacts.Delta.ToGetRequestInformation(),
            _ => client.User.Todo.Lists[id].Tasks.Delta.ToGetRequestInformation(),
        };
        request.PathParameters["baseurl"] = client.BaseAddress;
        return request.URI.GetLeftPart(UriPartial.Path);
    }

    private string? ReadToken()
    {
        string[] lines = (state ?? "").Split('\n');
        return lines.Length == 2 && lines[0] == folder.Key.Id && lines[1].Length > 0 ? lines[1] : null;
    }

    /// <summary>Of the service's link only the token: the rest names the mailbox.</summary>
    private string? WriteState(string link)
    {
        int at = Uri.UnescapeDataString(link).IndexOf(Token, StringComparison.OrdinalIgnoreCase);
        string text = at < 0 ? "" : Uri.UnescapeDataString(link)[(at + Token.Length)..].Split('&')[0];
        return text.Length == 0 ? null : folder.Key.Id + "\n" + text;
    }

    private sealed record DeltaPage(List<ItemChange> Changes, string? NextLink, string? DeltaLink);
}
