using System.Globalization;
using System.Text;

namespace PstMigration.Transfer;

/// <summary>The state of a backup for Prometheus (text format 0.0.4), to be collected by the textfile collector of its node exporter.</summary>
internal static class BackupMetrics
{
    public static string Write(BackupPlan plan, BackupStatus status)
    {
        StringBuilder text = new();
        Add("last_run_timestamp_seconds", "When the last run began.", Seconds(status.LastRun));
        Add("last_success_timestamp_seconds", "When the last run began that left a sound backup.", Seconds(status.LastSuccess));
        Add("exit_code", "How the last run ended: 0 success, 1 warning, 2 failed, 3 not run.", (int)status.Outcome);
        Add("failures_in_a_row", "Runs in a row that failed.", status.Failures);
        Add("duration_seconds", "How long the last run took.", status.Duration.TotalSeconds);
        Add("mailbox_items", "Items of the mailbox.", status.SourceItems);
        Add("items", "Items in the backup.", status.Items);
        Add("size_bytes", "Bytes of the backup.", status.Bytes);
        Add("failed_items", "Items the last run that saved something could not read or write.", status.Failed);
        Add("unreadable_folders", "Folders that run could not list to their end.", status.UnreadableFolders);
        Add("second_copy_timestamp_seconds", "When the second destination was brought up to date.", Seconds(status.LastSecondCopy));
        Add("silent_until_timestamp_seconds", "Until when no person has to sign in; 0 where there is no end.", Seconds(status.SilentUntil));
        return text.ToString();

        void Add(string name, string help, double value) => text
            .Append("# HELP pstmigration_backup_").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE pstmigration_backup_").Append(name).Append(" gauge\n")
            .Append("pstmigration_backup_").Append(name).Append("{name=\"").Append(plan.Name).Append("\"} ")
            .Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static double Seconds(DateTimeOffset? time) => time?.ToUnixTimeSeconds() ?? 0;
}
