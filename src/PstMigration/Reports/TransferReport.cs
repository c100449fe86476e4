using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Reports;

/// <summary>What a report tells of a transfer, read from its journal in one pass. Subjects are in it where the journal keeps them.</summary>
internal sealed class TransferReport
{
    /// <summary>Rows of items that did not arrive whole in an HTML report at most; CSV and JSON have all of them.</summary>
    internal const int MostIssues = 5000;

    /// <summary>Bars of the timeline.</summary>
    internal const int Buckets = 60;

    private readonly SortedDictionary<string, ReportFolder> _folders = new(StringComparer.CurrentCulture);
    private readonly List<JournalItem> _issues = [];
    private readonly List<DateTimeOffset> _times = [];

    private TransferReport(TransferOverview overview) => Overview = overview;

    /// <summary>The transfer at a glance.</summary>
    internal TransferOverview Overview { get; }

    /// <summary>Counts of each folder, by path.</summary>
    internal IEnumerable<ReportFolder> Folders => _folders.Values;

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

        report.CountRate();
        return report;
    }

    private void Add(JournalItem item, long last)
    {
        string path = item.Folder.ToString();
        ReportFolder folder = _folders.TryGetValue(path, out ReportFolder? known) ? known : _folders[path] = new ReportFolder(path);
        folder.Add(item);
        int size = 0;
        for (long limit = 1024; item.Bytes >= limit && size < Sizes.Length - 1; limit *= 4)
        {
            size++;
        }

        Sizes[size] += item.Bytes is null ? 0 : 1;
        if (item.Run == last)
        {
            _times.Add(item.Recorded);
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

    private void CountRate()
    {
        if (_times.Count == 0)
        {
            return;
        }

        DateTimeOffset from = _times.Min();
        DateTimeOffset to = _times.Max();
        Span = (from, to);
        double span = Math.Max(1, (to - from).Ticks);
        foreach (DateTimeOffset time in _times)
        {
            Rate[Math.Min(Buckets - 1, (int)((time - from).Ticks / span * Buckets))]++;
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
