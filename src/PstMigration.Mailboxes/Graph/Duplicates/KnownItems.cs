using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The items of a mailbox by what can be told of them without opening any, to find what is there from elsewhere: filled by the pass that finds the copies, and by what is written. For several threads.
/// </summary>
internal sealed class KnownItems
{
    private readonly object _gate = new();
    private readonly Dictionary<string, KnownItem> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<long, KnownItem> _byMessageId = [];
    private readonly Dictionary<long, KnownItem> _byOutline = [];

    /// <summary>The folded form of a Message-ID; 0 for none, and for one that was made for a file because the item had none.</summary>
    public static long FoldOf(string? messageId) =>
        messageId?.Trim().Trim('<', '>') is { Length: > 0 } id && !MadeMessageId.Is(id) ? Fold.Of(id) : 0;

    /// <summary>The store in the text of a key; null for no key.</summary>
    public static string? StoreOf(string? key) => key?.IndexOf('/') is int slash and > 0 ? string.Intern(key!.Substring(0, slash)) : null;

    /// <summary>Notes an item, unless it is known.</summary>
    public void Add(KnownItem item)
    {
        lock (_gate)
        {
            if (_byId.ContainsKey(item.Id))
            {
                return;
            }

            _byId.Add(item.Id, item);
            if (item.MessageId != 0)
            {
                item.NextOfMessageId = Find(_byMessageId, item.MessageId);
                _byMessageId[item.MessageId] = item;
            }

            if (item.Outline != 0)
            {
                item.NextOfOutline = Find(_byOutline, item.Outline);
                _byOutline[item.Outline] = item;
            }
        }
    }

    /// <summary>The item with an id of the service's.</summary>
    public KnownItem? FindOwn(string id, ItemKey source)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out KnownItem? item) && IsFree(item, source) ? item : null;
        }
    }

    /// <summary>The items with a Message-ID that may be found for an item of a source; those that were deleted first, or not at all.</summary>
    public IReadOnlyList<KnownItem> FindByMessageId(long messageId, ItemKey source, bool withDeleted)
    {
        lock (_gate)
        {
            return messageId == 0 ? [] : Order(Find(_byMessageId, messageId), i => i.NextOfMessageId, source, withDeleted);
        }
    }

    /// <summary>The same of those with an outline.</summary>
    public IReadOnlyList<KnownItem> FindByOutline(long outline, ItemKey source, bool withDeleted)
    {
        lock (_gate)
        {
            return outline == 0 ? [] : Order(Find(_byOutline, outline), i => i.NextOfOutline, source, withDeleted);
        }
    }

    /// <summary>Takes an item for one of a source: it is found for no other one of that store.</summary>
    /// <returns>False where it was taken meanwhile.</returns>
    public bool Take(KnownItem item, ItemKey source)
    {
        lock (_gate)
        {
            if (!IsFree(item, source))
            {
                return false;
            }

            item.FoundFor ??= new(1);
            if (!item.FoundFor.Contains(source))
            {
                item.FoundFor.Add(source);
            }

            return true;
        }
    }

    /// <summary>Whether an item was found for one of a source: it stands for that one too.</summary>
    public bool IsFound(string id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out KnownItem? item) && item.FoundFor is not null;
        }
    }

    /// <summary>Forgets an item that is gone.</summary>
    public void Remove(string id)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(id, out KnownItem? item))
            {
                item.IsGone = true;
            }
        }
    }

    /// <summary>Whether an item was found for one of a source before.</summary>
    public bool IsFound(KnownItem item, ItemKey source)
    {
        lock (_gate)
        {
            return IsFor(item, source);
        }
    }

    /// <summary>Notes where an item was moved.</summary>
    /// <param name="id">The service's id.</param>
    /// <param name="to">The folder; null where that is not known.</param>
    /// <param name="isDeleted">Whether it is among the deleted items now.</param>
    public void Move(string id, string? to, bool isDeleted)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(id, out KnownItem? item))
            {
                (item.LiesIn, item.IsDeleted) = (to, isDeleted);
            }
        }
    }

    private static KnownItem? Find(Dictionary<long, KnownItem> index, long key) => index.TryGetValue(key, out KnownItem? first) ? first : null;

    private static List<KnownItem> Order(KnownItem? first, Func<KnownItem, KnownItem?> next, ItemKey source, bool withDeleted)
    {
        List<KnownItem> found = [];
        for (KnownItem? item = first; item is not null; item = next(item))
        {
            if ((withDeleted || !item.IsDeleted) && IsFree(item, source))
            {
                found.Add(item);
            }
        }

        return [.. found.OrderByDescending(i => IsFor(i, source)).ThenByDescending(i => i.IsDeleted)];
    }

    /// <summary>Whether it is no copy from the store of an item, and was found for no other item of that store: two equal items in one file stay two.</summary>
    private static bool IsFree(KnownItem item, ItemKey source) => !item.IsGone && !string.Equals(item.Store, source.Store, StringComparison.Ordinal)
        && (item.FoundFor is null || item.FoundFor.TrueForAll(f => !string.Equals(f.Store, source.Store, StringComparison.Ordinal) || f == source));

    private static bool IsFor(KnownItem item, ItemKey source) => item.FoundFor?.Contains(source) == true;
}
