using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>Says what a source could not give: warnings of what is missing, detail of the rest.</summary>
internal static class SourceReports
{
    /// <summary>How much of a source is damaged: places of it, and folders that gave fewer items than they say they have.</summary>
    internal static long DamageOf(SourceReport report) =>
        report.Notices.Where(n => n.Kind == SourceNoticeKind.Damage).Sum(n => n.Count) + report.Folders.Count(f => !f.IsComplete);

    internal static void Tell(string source, SourceReport report, CommandStreams streams)
    {
        foreach (FolderReading folder in report.Folders)
        {
            (folder.IsComplete ? streams.Verbose : streams.Warning)(
                LocalText.Format(Strings.FolderRead, folder.Folder, source, folder.Expected, folder.Read, folder.Damaged));
        }

        foreach (SourceNotice notice in report.Notices)
        {
            (notice.Kind is SourceNoticeKind.Detected or SourceNoticeKind.Hidden or SourceNoticeKind.Rounded ? streams.Verbose : streams.Warning)(notice.Text);
        }
    }
}
