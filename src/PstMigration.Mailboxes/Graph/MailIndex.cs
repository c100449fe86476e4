using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The messages of a mailbox by their Message-IDs, some 200 bytes each, to tell what is there from elsewhere. For several threads.</summary>
internal sealed class MailIndex
{
    private readonly Dictionary<long, List<Entry>> _byMessageId = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Notes a message.</summary>
    /// <param name="messageId">Its Message-ID; one without is not noted.</param>
    /// <param name="id">The service's id.</param>
    /// <param name="key">The key it was copied from, as text; null for one that is no copy.</param>
    /// <param name="isDeleted">Whether it is among the deleted items.</param>
    public void Add(string? messageId, string id, string? key, bool isDeleted)
    {
        if (string.IsNullOrWhiteSpace(messageId))
        {
            return;
        }

        long fold = FoldOf(messageId!);
        lock (_byMessageId)
        {
            if (!_ids.Add(id))
            {
                return;
            }

            if (!_byMessageId.TryGetValue(fold, out List<Entry>? same))
            {
                _byMessageId.Add(fold, same = new(1));
            }

            int slash = key?.IndexOf('/') ?? -1;
            same.Add(new Entry(id, slash > 0 ? string.Intern(key!.Substring(0, slash)) : null, isDeleted));
        }
    }

    /// <summary>The messages with a Message-ID that were not copied from a store; those that were deleted first, or not at all.</summary>
    public IReadOnlyList<string> Find(string? messageId, string store, bool withDeleted)
    {
        if (string.IsNullOrWhiteSpace(messageId))
        {
            return [];
        }

        long fold = FoldOf(messageId!);
        lock (_byMessageId)
        {
            return _byMessageId.TryGetValue(fold, out List<Entry>? same)
                ? [.. same.Where(m => (withDeleted || !m.IsDeleted) && !string.Equals(m.Store, store, StringComparison.Ordinal)).OrderByDescending(m => m.IsDeleted).Select(m => m.Id)]
                : [];
        }
    }

    /// <summary>Takes a message out, so that it is found once.</summary>
    /// <returns>False where somebody else has.</returns>
    public bool Take(string? messageId, string id)
    {
        lock (_byMessageId)
        {
            return _byMessageId.TryGetValue(FoldOf(messageId ?? ""), out List<Entry>? same) && same.RemoveAll(m => m.Id == id) > 0;
        }
    }

    private static long FoldOf(string messageId) => Fold.Of(messageId.Trim().Trim('<', '>'));

    private readonly record struct Entry(string Id, string? Store, bool IsDeleted);
}
