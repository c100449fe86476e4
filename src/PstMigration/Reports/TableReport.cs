using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PstMigration.Formats;
using PstMigration.Transfer;

namespace PstMigration.Reports;

/// <summary>Every item of a transfer as a table for spreadsheets, or a report for programs.</summary>
internal static class TableReport
{
    private static readonly string[] s_columns = ["Fate", "Folder", "Subject", "MessageClass", "Bytes", "Recorded", "Run", "Change", "ReasonId", "Reason", "Losses", "SourceKey", "TargetKey"];

    /// <summary>Writes CSV: UTF-8 with a byte order mark; local times as Excel takes them; no cell starts a formula.</summary>
    internal static void WriteCsv(Stream target, IJournalReader journal, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        using CsvWriter csv = new(target);
        csv.WriteRow(s_columns);
        foreach (JournalItem item in journal.ReadAll(JournalQuery.All))
        {
            cancellationToken.ThrowIfCancellationRequested();
            csv.WriteRow(
            [
                item.Fate.ToString(), item.Folder.ToString(), item.Subject, item.MessageClass, item.Bytes?.ToString(CultureInfo.InvariantCulture),
                TimeZoneInfo.ConvertTime(item.Recorded, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), item.Run.ToString(CultureInfo.InvariantCulture),
                item.Change.ToString(), item.ReasonId, item.Reason, string.Join("; ", item.Losses.Select(l => l.ToString())), item.Key.ToString(), item.TargetKey?.ToString(),
            ]);
        }

        csv.Flush();
    }

    /// <summary>Writes JSON: UTF-8, one document.</summary>
    internal static void WriteJson(Stream target, TransferReport report, IJournalReader journal, CancellationToken cancellationToken)
    {
        using Utf8JsonWriter json = new(target, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        TransferOverview overview = report.Overview;
        json.WriteStartObject();
        json.WriteString("schema", "pstmigration-transfer-1");
        json.WriteString("id", overview.Id);
        json.WriteString("source", overview.Plan.SourceName);
        json.WriteString("target", overview.Plan.TargetName);
        json.WriteNumber("items", overview.Counts.Items);
        json.WriteNumber("bytes", overview.Counts.Bytes);
        json.WriteStartObject("fates");
        overview.Counts.Fates.OrderBy(f => f.Key).ToList().ForEach(f => json.WriteNumber(f.Key.ToString(), f.Value));
        json.WriteEndObject();
        json.WriteStartObject("losses");
        overview.Counts.Losses.OrderBy(l => l.Key).ToList().ForEach(l => json.WriteNumber(l.Key.ToString(), l.Value));
        json.WriteEndObject();
        json.WriteStartArray("runs");
        foreach (JournalRun run in overview.Runs)
        {
            json.WriteStartObject();
            json.WriteNumber("number", run.Number);
            json.WriteString("started", run.Started);
            if (run.Finished is DateTimeOffset finished)
            {
                json.WriteString("finished", finished);
            }

            json.WriteString("state", run.State.ToString());
            json.WriteString("errorId", run.ErrorId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("issues");
        foreach (JournalItem item in journal.ReadAll(new JournalQuery { IssuesOnly = true }))
        {
            cancellationToken.ThrowIfCancellationRequested();
            json.WriteStartObject();
            json.WriteString("fate", item.Fate.ToString());
            json.WriteString("folder", item.Folder.ToString());
            json.WriteString("subject", item.Subject);
            json.WriteString("messageClass", item.MessageClass);
            json.WriteString("reasonId", item.ReasonId);
            json.WriteString("reason", item.Reason);
            json.WriteStartArray("losses");
            item.Losses.ToList().ForEach(l => json.WriteStringValue(l.ToString()));
            json.WriteEndArray();
            json.WriteString("sourceKey", item.Key.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
