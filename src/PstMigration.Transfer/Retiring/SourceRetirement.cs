using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Whether a source may be retired: the whole of it was brought and verified, nothing was lost on the way, and nobody knows of anything that stayed behind.</summary>
public static class SourceRetirement
{
    /// <summary>Refuses to retire what was not brought whole.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="summary">What was done.</param>
    /// <param name="report">What the source could not give.</param>
    /// <exception cref="MailDataException">SourceStays, with the reason.</exception>
    public static void Check(TransferOptions options, TransferSummary summary, SourceReport report)
    {
        if (options is null || summary is null || report is null)
        {
            throw new ArgumentNullException(options is null ? nameof(options) : summary is null ? nameof(summary) : nameof(report));
        }

        if (!options.Filter.TakesAllItems || options.Filter.Folders.Count > 0)
        {
            throw Stays(Strings.RetirePart);
        }

        long notArrived = summary.Count(ItemFate.Failed) + summary.Count(ItemFate.Unsure) + summary.Count(ItemFate.Skipped);
        if (notArrived > 0)
        {
            throw Stays(Strings.RetireNotArrived, notArrived);
        }

        if (summary.IssueCount > 0)
        {
            throw Stays(Strings.RetireLosses, summary.IssueCount);
        }

        long left = report.Notices.Where(n => n.Kind is not (SourceNoticeKind.Detected or SourceNoticeKind.Rounded or SourceNoticeKind.Unproven)).Sum(n => n.Count) + report.Folders.Count(f => !f.IsComplete) + summary.UnreadableFolders;
        if (left > 0)
        {
            throw Stays(Strings.RetireLeft, left);
        }

        if (summary.Verification is not { IsWhole: true })
        {
            throw Stays(Strings.RetireNotVerified);
        }
    }

    internal static MailDataException Stays(string format, params object?[] values) =>
        new(TransferErrorIds.SourceStays, LocalText.Format(format, values));
}
