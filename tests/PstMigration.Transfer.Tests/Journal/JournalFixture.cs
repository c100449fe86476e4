using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;

namespace PstMigration.Transfer.Tests.Journal;

/// <summary>A folder of journals, a clock, and items as an engine would record them.</summary>
internal sealed class JournalFixture : IDisposable
{
    public static readonly TransferPlan Plan = new("pst:0123", "graph:abcd") { SourceName = "old.pst", TargetName = "taro@example.jp" };

    private readonly string _root = Path.Combine(Path.GetTempPath(), "journal-" + Guid.NewGuid().ToString("N"));

    public JournalFixture() => Journals = Keep(new JournalOptions());

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));

    public TransferJournals Journals { get; }

    public string FilePath => Journals.PathOf(Plan);

    public SqliteJournal Open(bool includeSubject = false) => Keep(new JournalOptions { IncludeSubject = includeSubject, Time = Time }).Open(Plan);

    /// <summary>The journals in the folder, kept in a certain way.</summary>
    public TransferJournals Keep(JournalOptions options) => new(Path.Combine(_root, "transfers"), options);

    /// <summary>A journal with a run.</summary>
    public SqliteJournal Start(bool includeSubject = false)
    {
        SqliteJournal journal = Open(includeSubject);
        journal.Start("-Folder Inbox");
        return journal;
    }

    public static JournalItem Item(int number, ItemFate fate = ItemFate.Copied, string folder = "Inbox", params ItemLoss[] losses) =>
        new(new ItemKey(Plan.Source, "0x" + number.ToString("X8", System.Globalization.CultureInfo.InvariantCulture)), FolderPath.Parse(folder), fate)
        {
            MessageClass = "IPM.Note",
            Version = new ItemVersion("v" + number),
            Marker = new ItemMarker(new string('a', 63) + (number % 10)),
            TargetKey = fate == ItemFate.Copied ? new ItemKey(Plan.Target, "AAMk" + number) : null,
            Bytes = 1000 + number,
            Losses = losses,
        };

    /// <summary>Copies the file as it lies on the disk, which is what a killed process leaves.</summary>
    public string CopyAsKilled(string name)
    {
        string copy = Path.Combine(_root, name);
        foreach (string suffix in new[] { "", "-wal" })
        {
            using FileStream from = new(FilePath + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream to = File.Create(copy + suffix);
            from.CopyTo(to);
        }

        return copy;
    }

    public static async IAsyncEnumerable<JournalItem> Remembered(IEnumerable<JournalItem> items)
    {
        foreach (JournalItem item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    /// <summary>All that is in the files, as bytes.</summary>
    public string Text() => string.Concat(Directory.GetFiles(Journals.Folder).Select(f =>
    {
        using FileStream file = new(f, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }));

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}
