using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Bench;

/// <summary>What is in a data file that a program wrote: a fast writer that loses something has won nothing.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Items">Items of its folders that can be read to the last byte.</param>
/// <param name="Counts">What they have.</param>
/// <param name="Errors">What the checker finds wrong by the rules for any writer.</param>
/// <param name="Warnings">The same, what harms nobody at once.</param>
internal sealed record WrittenFile(long Bytes, int Items, ItemCounts Counts, long Errors, long Warnings)
{
    /// <summary>Reads and checks a file; null where it cannot be opened.</summary>
    public static WrittenFile? Look(string path)
    {
        try
        {
            (int items, ItemCounts counts) = Read(path);
            PstCheckReport report = new PstChecker().CheckAll(path);
            return new WrittenFile(
                new FileInfo(path).Length, items, counts, Count(report, PstFindingSeverity.Error), Count(report, PstFindingSeverity.Warning));
        }
        catch (MailDataException)
        {
            return null;
        }
    }

    /// <summary>The rules a file breaks, each with how often and where first.</summary>
    public static IEnumerable<string> Findings(string path) => new PstChecker().CheckAll(path).Findings
        .GroupBy(f => f.RuleId)
        .Select(g => g.First() + " (" + g.Count() + ")");

    private static (int Items, ItemCounts Counts) Read(string path)
    {
        int items = 0;
        ItemCounts counts = default;
        using PstFile file = PstFile.Open(path);
        foreach (PstItemSummary item in Reading.Folders(file).SelectMany(f => f.EnumerateItems()))
        {
            try
            {
                counts += ContentReader.Read(file.OpenItem(item.NodeId));
                items++;
            }
            catch (MailDataException)
            {
                // Not counted: that is what is to be known of it.
            }
        }

        return (items, counts);
    }

    private static long Count(PstCheckReport report, PstFindingSeverity severity) =>
        report.Findings.Count(f => f.Severity == severity)
        + report.Omitted.Where(o => PstCheckRules.All.Any(r => r.Id == o.Key && r.Severity == severity)).Sum(o => o.Value);
}
