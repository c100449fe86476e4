using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What a run would read and what of it would be skipped or lose something. What the target has already is counted where it was asked.</summary>
public sealed class TransferPreview
{
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<LossKind, long> _losses = [];

    /// <summary>Folders that would be visited.</summary>
    public int Folders { get; internal set; }

    /// <summary>Items that would be read.</summary>
    public long Items { get; private set; }

    /// <summary>Of these, how many the target has already; 0 where it was not asked.</summary>
    public long There { get; private set; }

    /// <summary>Of these, how many would stay in a source that is to let go of what was verified: they cannot be recovered there, are skipped or lose something. What only the verification finds is not among them.</summary>
    public long Staying { get; internal set; }

    /// <summary>Of these, how many have attachments, as far as the list tells.</summary>
    public long WithAttachments { get; private set; }

    /// <summary>Of these, how many have a size the list does not tell; they are not in <see cref="Bytes"/>.</summary>
    public long Sizeless { get; private set; }

    /// <summary>Bytes of these, as the source counts them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes of those of these that would not be skipped.</summary>
    public long BytesTaken { get; private set; }

    /// <summary>Of these, how many of each message class would be skipped.</summary>
    public IReadOnlyDictionary<string, long> SkippedClasses => _skipped;

    /// <summary>How many items would lose something of each kind.</summary>
    public IReadOnlyDictionary<LossKind, long> Losses => _losses;

    /// <summary>How the items lie, for what a mailbox does not take.</summary>
    public TransferShape Shape { get; } = new();

    /// <summary>Items that cannot be read.</summary>
    public long Unreadable { get; internal set; }

    /// <summary>Counts an item the target has.</summary>
    internal void AddThere(ItemSummary summary)
    {
        There++;
        Count(summary);
    }

    internal void Add(SourceFolder folder, ItemSummary summary, bool isSkipped, IReadOnlyList<ItemLoss> losses)
    {
        Count(summary);
        BytesTaken += isSkipped ? 0 : summary.Size ?? 0;
        if (isSkipped)
        {
            string messageClass = summary.MessageClass ?? "";
            _skipped[messageClass] = (_skipped.TryGetValue(messageClass, out long count) ? count : 0) + 1;
        }
        else
        {
            Shape.Add(folder, summary);
        }

        foreach (LossKind kind in losses.Select(l => l.Kind).Distinct())
        {
            _losses[kind] = (_losses.TryGetValue(kind, out long count) ? count : 0) + 1;
        }
    }

    private void Count(ItemSummary summary)
    {
        Items++;
        Bytes += summary.Size ?? 0;
        Sizeless += summary.Size is null ? 1 : 0;
        WithAttachments += summary.Flags?.HasFlag(MessageFlags.HasAttachments) == true ? 1 : 0;
    }
}
