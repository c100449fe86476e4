using System.Runtime.CompilerServices;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Tasks of To Do. They are found by their list, and what is stored with them is in an open extension.</summary>
internal sealed class TaskItems(GraphClient client) : GraphItems(client)
{
    private const int TaskPage = 100;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<GraphSourceItem> ReadAsync(string folderId, ItemFetcher fetcher, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TodoTask task in ListAsync(folderId, withExtension: false, cancellationToken).ConfigureAwait(false))
        {
            if (Item(folderId, task, fetcher) is GraphSourceItem item)
            {
                yield return item;
            }
        }
    }

    /// <summary>A listed task; null for what has no id.</summary>
    public GraphSourceItem? Item(string folderId, TodoTask task, ItemFetcher fetcher) => task.Id is { Length: > 0 } id
        ? new GraphSourceItem(new ItemKey(Client.StoreKey, id), GraphSourceItem.Describe(task), GraphSourceItem.VersionOf(task), c => fetcher.FetchTaskAsync(folderId, id, c))
        : null;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListedItem> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (GraphFolder list in await Client.Folders.ListTaskListsAsync(cancellationToken).ConfigureAwait(false))
        {
            await foreach (TodoTask task in ListAsync(list.Id, withExtension: true, cancellationToken).ConfigureAwait(false))
            {
                if (ListedItem.Read(task, list.Id) is ListedItem item)
                {
                    yield return item;
                }
            }
        }
    }

    /// <summary>Tasks are not searched by their extensions: the list is read.</summary>
    public override async Task<IReadOnlyList<FoundCopy>> SearchAsync(string folderId, ItemMarker marker, string? messageId, CancellationToken cancellationToken)
    {
        List<FoundCopy> found = [];
        await foreach (TodoTask task in ListAsync(folderId, withExtension: true, cancellationToken).ConfigureAwait(false))
        {
            if (FoundCopy.Read(task, folderId) is FoundCopy copy && copy.Marker == marker)
            {
                found.Add(copy);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public override async Task<ItemPlace?> ReadPlaceAsync(GraphCopy copy, CancellationToken cancellationToken)
    {
        TodoTask? task = await GraphErrors.CallAsync(() => Client.User.Todo.Lists[copy.FolderId!].Tasks[copy.Id].GetAsync(
            c => c.QueryParameters.Expand = [TaskExtension.Expand], cancellationToken)).ConfigureAwait(false);
        return task is null ? null : ItemPlace.Create(copy.FolderId, TaskExtension.Read(task));
    }

    /// <inheritdoc/>
    public override Task WriteNotesAsync(GraphCopy copy, List<SingleValueLegacyExtendedProperty> notes, CancellationToken cancellationToken) => GraphErrors.CallAsync(
        () => Client.User.Todo.Lists[copy.FolderId!].Tasks[copy.Id].Extensions[TaskExtension.Name].PatchAsync(TaskExtension.Write(notes), cancellationToken: cancellationToken));

    /// <summary>To Do has no deletion for good: it goes to the deleted items.</summary>
    public override Task RemovePermanentlyAsync(GraphCopy copy, CancellationToken cancellationToken) => DeleteAsync(copy, cancellationToken);

    /// <inheritdoc/>
    public override Task DeleteAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Todo.Lists[copy.FolderId!].Tasks[copy.Id].DeleteAsync(cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override async Task<int> CountPartsAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        (await new TaskAttachments(Client, copy.FolderId!, copy.Id).ReadNamesAsync(cancellationToken).ConfigureAwait(false)).Count;

    private IAsyncEnumerable<TodoTask> ListAsync(string listId, bool withExtension, CancellationToken cancellationToken)
    {
        var tasks = Client.User.Todo.Lists[listId].Tasks;
        return Paging.ReadAsync<TodoTaskCollectionResponse, TodoTask>(
            () => tasks.GetAsync(c => (c.QueryParameters.Expand, c.QueryParameters.Top) = (withExtension ? [TaskExtension.Expand] : null, TaskPage), cancellationToken),
            link => tasks.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }
}
