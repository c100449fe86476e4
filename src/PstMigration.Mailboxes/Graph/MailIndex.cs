using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The messages of a mailbox by their Message-IDs, some 200 bytes each, to tell what is there from elsewhere. For several threads.</summary>
internal sealed class MailIndex
{
    private readonly Dictionary<long, List<(string Id, string? Store)>> _byMessageId = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Notes a message.</summary>
    /// <param name="messageId">Its Message-ID; one without is not noted.</param>
    /// <param name="id">The service's id.</param>
    /// <param name="key">The key it was copied from, as text; null for one that is no copy.</param>
    public void Add(string? messageId, string id, string? key)
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

            if (!_byMessageId.TryGetValue(fold, out List<(string, string?)>? same))
            {
                _byMessageId.Add(fold, same = new(1));
            }

            int slash = key?.IndexOf('/') ?? -1;
            same.Add((id, slash > 0 ? string.Intern(key!.Substring(0, slash)) : null));
        }
    }

    /// <summary>The messages with a Message-ID that were not copied from a store.</summary>
    public IReadOnlyList<string> Find(string? messageId, string store)
    {
        if (string.IsNullOrWhiteSpace(messageId))
        {
            return [];
        }

        long fold = FoldOf(messageId!);
        lock (_byMessageId)
        {
            return _byMessageId.TryGetValue(fold, out List<(string Id, string? Store)>? same)
                ? [.. same.Where(m => !string.Equals(m.Store, store, StringComparison.Ordinal)).Select(m => m.Id)]
                : [];
        }
    }

    /// <summary>Takes a message out, so that it is found once.</summary>
    /// <returns>False where somebody else has.</returns>
    public bool Take(string? messageId, string id)
    {
        lock (_byMessageId)
        {
            return _byMessageId.TryGetValue(FoldOf(messageId ?? ""), out List<(string Id, string? Store)>? same) && same.RemoveAll(m => m.Id == id) > 0;
        }
    }

    private static long FoldOf(string messageId) => Fold.Of(messageId.Trim().Trim('<', '>'));
}
