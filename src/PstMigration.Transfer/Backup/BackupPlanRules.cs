using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// What the fields of a plan may hold, and how it is said: which field, what it holds, and what it takes, with an example. The last is in the room's texts, as <c>BackupField_</c> and the
/// field, whether the value was given to a cmdlet or stands in a file.
/// </summary>
internal static class BackupPlanRules
{
    private const int LongestShown = 60;

    private static readonly (string Field, Func<BackupPlan, bool> IsRight, Func<BackupPlan, object?> Value)[] s_rules =
    [
        ("version", p => p.Version == BackupPlan.CurrentVersion, p => p.Version),
        ("name", p => BackupPlan.IsName(p.Name), p => p.Name),
        ("connection", p => p.Connection is not null, _ => null),
        ("connection.path", p => p.Connection.Kind != BackupConnectionKind.Sandbox || IsFull(p.Connection.Path), p => p.Connection.Path),
        ("connection.account", p => p.Connection.Kind != BackupConnectionKind.Account || IsText(p.Connection.Account), p => p.Connection.Account),
        ("connection.certificateThumbprint", p => p.Connection.Kind != BackupConnectionKind.Certificate || (IsText(p.Connection.CertificateThumbprint) && IsText(p.Connection.ClientId) && IsText(p.Connection.TenantId)), p => p.Connection.CertificateThumbprint),
        ("connection.mailbox", p => p.Connection.Kind is not (BackupConnectionKind.Certificate or BackupConnectionKind.ManagedIdentity) || IsText(p.Connection.Mailbox), p => p.Connection.Mailbox),
        ("destination", p => IsFull(p.Destination), p => p.Destination),
        ("secondDestination", p => p.SecondDestination is null || (IsFull(p.SecondDestination) && AreApart(p.DataFolders())), p => p.SecondDestination),
        ("format", p => IsText(p.Format), p => p.Format),
        ("splitBy", p => p.SplitBy is null or "Size" or "Year", p => p.SplitBy),
        ("splitSize", p => p.SplitSize is null || (p.SplitBy == "Size" && p.SplitSize >= BackupPlan.SmallestSplit), p => p.SplitSize),
        ("folders", p => p.Folders is not null && p.Folders.All(IsText), p => p.Folders),
        ("literalFolders", p => p.LiteralFolders is not null && p.LiteralFolders.All(IsText), p => p.LiteralFolders),
        ("localFiles", p => p.LocalFiles is not null && p.LocalFiles.All(f => IsFull(f) && Path.GetFileName(f).Length > 0 && !p.DataFolders().Any(d => BackupPlaces.IsIn(f, d))), p => p.LocalFiles),
        ("olderThanDays", p => p.OlderThanDays is null or (>= 1 and <= 36_500), p => p.OlderThanDays),
        ("schedule", p => p.Schedule is not null, _ => null),
        ("schedule.days", p => p.Schedule.Days is not null, _ => null),
        ("schedule.at", p => p.Schedule.At >= TimeSpan.Zero && p.Schedule.At < TimeSpan.FromDays(1), p => p.Schedule.At),
        ("schedule.intervalHours", p => p.Schedule.IntervalHours is null or (>= 1 and <= 24), p => p.Schedule.IntervalHours),
        ("scheduler", p => p.Scheduler is "TaskScheduler" or "Systemd" or "Launchd" or BackupPlan.NoScheduler, p => p.Scheduler),
        ("keep", p => p.Keep is not null && BackupRetention.Parse(p.Keep) is not null, p => p.Keep),
        ("shrinkPercent", p => p.ShrinkPercent is >= 1 and <= 100, p => p.ShrinkPercent),
        ("metricsFile", p => p.MetricsFile is null || IsFull(p.MetricsFile), p => p.MetricsFile),
        ("logPath", p => p.LogPath is null || IsFull(p.LogPath), p => p.LogPath),
    ];

    /// <summary>What is wrong with a plan first, for people; null where nothing is.</summary>
    public static string? ProblemOf(BackupPlan plan) =>
        s_rules.FirstOrDefault(r => !r.IsRight(plan)) is (string field, _, { } value) ? Problem(field, value(plan) switch { IEnumerable<string> many => string.Join(", ", many), object one => one, _ => "" }) : null;

    /// <summary>What is wrong with the text of a plan that could not be read, for people.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="found">What reading it said.</param>
    public static string ProblemOf(string path, string text, JsonException found)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            return LocalText.Format(Strings.BackupPlanNoJson, path, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }

        using (document)
        {
            string field = found.Path is { } at && at.StartsWith("$.", StringComparison.Ordinal) ? at.Substring(2) : "";
            return document.RootElement.ValueKind != JsonValueKind.Object || field.Length == 0 ? LocalText.Format(Strings.BackupPlanNoPlan, path)
                : TakesOf(field) is null ? LocalText.Format(Strings.BackupPlanNoField, field, path)
                : Problem(field, Shown(document.RootElement, field));
        }
    }

    /// <summary>The error of a plan.</summary>
    /// <param name="name">The backup.</param>
    /// <param name="problem">What is wrong, for people.</param>
    /// <param name="cause">What said so; null for nothing.</param>
    public static MailDataException Invalid(string name, string problem, Exception? cause) => new(BackupErrorIds.BackupPlanInvalid, LocalText.Format(Strings.BackupPlanInvalid, name, problem), cause);

    private static string Problem(string field, object value) => LocalText.Format(Strings.BackupPlanField, field, value, TakesOf(field) ?? "");

    /// <summary>What a field takes, with an example; null where there is no such field. One of a list is as the list.</summary>
    private static string? TakesOf(string field) => Strings.ResourceManager.GetString("BackupField_" + field.Split('[')[0].Replace('.', '_'), Strings.Culture);

    private static string Shown(JsonElement root, string field)
    {
        JsonElement value = root;
        foreach (string part in field.Split('[')[0].Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
            {
                return "";
            }
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= LongestShown ? text : text.Substring(0, LongestShown) + "...";
    }

    private static bool IsText(string? text) => !string.IsNullOrEmpty(text);

    private static bool IsFull(string? path) => path is not null && Path.IsPathRooted(path);

    private static bool AreApart(IReadOnlyList<string> folders) => !BackupPlaces.IsIn(folders[0], folders[1]) && !BackupPlaces.IsIn(folders[1], folders[0]);
}
