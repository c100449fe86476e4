using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Reports;

/// <summary>What a report tells of a transfer, read from its journal. Subjects are in it where the journal keeps them.</summary>
internal sealed class TransferReport
{
    /// <summary>Rows of items that did not arrive whole in an HTML report at most; CSV and JSON have all of them.</summary>
    internal const int MostIssues = 5000;

    /// <summary>Bars of the timeline.</summary>
    internal const int Buckets = 60;

    private readonly Dictionary<FolderPath, ReportFolder> _folders = [];
    private readonly List<JournalItem> _issues = [];

    private TransferReport(TransferOverview overview) => Overview = overview;

    /// <summary>The transfer at a glance.</summary>
    internal TransferOverview Overview { get; }

    /// <summary>Counts of each folder, by path.</summary>
    internal IEnumerable<ReportFolder> Folders => _folders.Values.OrderBy(f => f.Path, StringComparer.CurrentCulture).ThenBy(f => f.Path, StringComparer.Ordinal);

    /// <summary>The first of the items that did not arrive whole.</summary>
    internal IReadOnlyList<JournalItem> Issues => _issues;

    /// <summary>How many there are.</summary>
    internal long IssueCount { get; private set; }

    /// <summary>How many items have less than 1 KB, 4 KB, 16 KB and so on.</summary>
    internal long[] Sizes { get; } = new long[12];

    /// <summary>Items of each part of the last run, of equal length.</summary>
    internal long[] Rate { get; } = new long[Buckets];

    /// <summary>When the first and the last item of the last run were recorded.</summary>
    internal (DateTimeOffset From, DateTimeOffset To)? Span { get; private set; }

    /// <summary>Reads it.</summary>
    /// <exception cref="MailDataException">The journal cannot be read.</exception>
    internal static TransferReport Read(string id, IJournalReader journal, CancellationToken cancellationToken)
    {
        TransferReport report = new(TransferOverview.Read(id, journal));
        long last = report.Overview.LastRun?.Number ?? 0;
        foreach (JournalItem item in journal.ReadAll(JournalQuery.All))
        {
            cancellationToken.ThrowIfCancellationRequested();
            report.Add(item, last);
        }

        report.CountRate(journal, last, cancellationToken);
        return report;
    }

    private void Add(JournalItem item, long last)
    {
        ReportFolder folder = _folders.TryGetValue(item.Folder, out ReportFolder? known) ? known : _folders[item.Folder] = new ReportFolder(item.Folder.ToString());
        folder.Add(item);
        int size = 0;
        for (long limit = 1024; item.Bytes >= limit && size < Sizes.Length - 1; limit *= 4)
        {
            size++;
        }

        Sizes[size] += item.Bytes is null ? 0 : 1;
        if (item.Run == last)
        {
            Span = Span is (DateTimeOffset from, DateTimeOffset to)
                ? (item.Recorded < from ? item.Recorded : from, item.Recorded > to ? item.Recorded : to)
                : (item.Recorded, item.Recorded);
        }

        if (item.IsIssue)
        {
            IssueCount++;
            if (_issues.Count < MostIssues)
            {
                _issues.Add(item);
            }
        }
    }

    // Of millions of items not even a time each is kept: they are read again once it is known between when and when they lie.
    private void CountRate(IJournalReader journal, long last, CancellationToken cancellationToken)
    {
        if (Span is not (DateTimeOffset from, DateTimeOffset to))
        {
            return;
        }

        double span = Math.Max(1, (to - from).Ticks);
        foreach (JournalItem item in journal.ReadAll(new JournalQuery { Run = last }))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A run that still goes on may have recorded more since.
            if (item.Recorded <= to)
            {
                Rate[Math.Min(Buckets - 1, (int)((item.Recorded - from).Ticks / span * Buckets))]++;
            }
        }
    }
}

/// <summary>Counts of a folder.</summary>
/// <param name="path">Its path.</param>
internal sealed class ReportFolder(string path)
{
    internal string Path => path;

    internal long Items { get; private set; }

    internal long Bytes { get; private set; }

    internal long Copied { get; private set; }

    internal long AlreadyThere { get; private set; }

    internal long Skipped { get; private set; }

    internal long Failed { get; private set; }

    internal long WithLosses { get; private set; }

    internal void Add(JournalItem item)
    {
        Items++;
        Bytes += item.Bytes ?? 0;
        Copied += item.Fate == ItemFate.Copied ? 1 : 0;
        AlreadyThere += item.Fate == ItemFate.AlreadyThere ? 1 : 0;
        Skipped += item.Fate == ItemFate.Skipped ? 1 : 0;
        Failed += item.Fate is ItemFate.Failed or ItemFate.Unsure ? 1 : 0;
        WithLosses += item.Losses.Count > 0 ? 1 : 0;
    }
}
