using System.Globalization;
using System.Text.Json.Nodes;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>What is said of a plan that is not one: which field, what it holds, what it takes.</summary>
public sealed class BackupPlanProblemTests : IDisposable
{
    private readonly BackupPlans _plans = new(Path.Combine(Path.GetTempPath(), "pstmigration-problems-" + Guid.NewGuid().ToString("N")));

    private readonly BackupPlan _plan = new()
    {
        Name = "nightly",
        Connection = new BackupConnection { Path = Path.GetFullPath("m.mailbox"), Mailbox = "taro@example.jp" },
        Destination = Path.GetFullPath("backup"),
    };

    [Theory]
    [InlineData("version", "2", "version 1")]
    [InlineData("connection", "null", "\"kind\": \"Sandbox\"")]
    [InlineData("connection", "{ \"kind\": \"Imap\" }", "ManagedIdentity", "connection.kind", "Imap")]
    [InlineData("connection", "{ \"kind\": \"Sandbox\", \"path\": \"m.mailbox\" }", "/srv/rehearsal.mailbox", "connection.path", "m.mailbox")]
    [InlineData("connection", "{ \"kind\": \"Account\" }", "taro@example.jp", "connection.account", "")]
    [InlineData("connection", "{ \"kind\": \"Certificate\", \"mailbox\": \"a@b.c\", \"clientId\": \"x\" }", "-CertificateThumbprint", "connection.certificateThumbprint", "")]
    [InlineData("connection", "{ \"kind\": \"ManagedIdentity\" }", "taro@contoso.com", "connection.mailbox", "")]
    [InlineData("destination", "\"backup\"", "D:\\Backup")]
    [InlineData("destination", "null", "/srv/backup", "destination", "")]
    [InlineData("secondDestination", "\"second\"", "E:\\Backup")]
    [InlineData("format", "\"\"", "Maildir")]
    [InlineData("splitBy", "\"Month\"", "Size or Year")]
    [InlineData("splitSize", "5000000", "-SplitBy Size")]
    [InlineData("folders", "[\"Inbox\", \"\"]", "Inbox/Invoices", "folders", "Inbox, ")]
    [InlineData("folders", "\"Inbox\"", "Inbox/Invoices")]
    [InlineData("literalFolders", "[\"\"]", "Projects/2026", "literalFolders", "")]
    [InlineData("localFiles", "[\"archive.pst\"]", "archive.pst", "localFiles", "archive.pst")]
    [InlineData("olderThanDays", "0", "365")]
    [InlineData("olderThanDays", "\"old\"", "365")]
    [InlineData("schedule", "null", "\"at\"", "schedule", "")]
    [InlineData("schedule", "{ \"at\": \"26:00\" }", "02:30", "schedule.at", "26:00")]
    [InlineData("schedule", "{ \"days\": [\"Funday\"] }", "Monday, Friday", "schedule.days", "Funday")]
    [InlineData("schedule", "{ \"intervalHours\": 48 }", "1 to 24: 6", "schedule.intervalHours", "48")]
    [InlineData("scheduler", "\"cron\"", "TaskScheduler, Systemd, Launchd or None")]
    [InlineData("keep", "\"foo\"", "daily=7, weekly=4")]
    [InlineData("keep", "\"3 daily\"", "30d, 8w")]
    [InlineData("keep", "null", "30d, 8w", "keep", "")]
    [InlineData("shrinkPercent", "3000", "1 to 100")]
    [InlineData("metricsFile", "\"backup.prom\"", "/var/lib/prometheus")]
    [InlineData("logPath", "\"backup.log\"", "/var/log/backup.log")]
    [InlineData("mailOnFailure", "\"yes\"", "true or false")]
    public void A_field_is_named_with_what_it_holds_and_what_it_takes(string field, string json, string takes, string? named = null, string? shown = null)
    {
        JsonObject plan = JsonNode.Parse(BackupPlans.ToJson(_plan))!.AsObject();
        plan[field] = JsonNode.Parse(json);
        Write(plan.ToJsonString());

        string said = Said();

        Assert.Contains(" " + (named ?? field), said, StringComparison.Ordinal);
        Assert.Contains(shown ?? (json == "null" ? "" : json.Trim('"')), said, StringComparison.Ordinal);
        Assert.Contains(takes, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1, character 1")]
    [InlineData("garbage", "line 1, character 1")]
    [InlineData("{\n  \"name\": \"nightly\"\n  \"keep\": \"30d\"\n}", "line 3, character 3")]
    [InlineData("null", "holds no plan")]
    [InlineData("[1]", "holds no plan")]
    [InlineData("{}", "nightly.backup.json")]
    [InlineData("{ \"name\": null }", "nightly.backup.json")]
    [InlineData("{ \"name\": \"other\" }", "'other'")]
    [InlineData("{ \"name\": \"nightly\", \"command\": \"rm\" }", "no field 'command'")]
    [InlineData("{ \"name\": \"nightly\", \"connection\": { \"password\": \"x\" } }", "no field 'connection.password'")]
    public void A_file_that_is_no_plan_is_told_as_such(string text, string expected)
    {
        Write(text);

        Assert.Contains(expected, Said(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nightly")]
    [InlineData("/nightly/deeper")]
    public void A_second_destination_lies_apart_from_the_first(string below)
    {
        string said = Assert.Throws<MailDataException>(() => (_plan with { SecondDestination = _plan.Destination + below }).Validated()).Message;

        Assert.Contains("secondDestination", said, StringComparison.Ordinal);
        Assert.Contains("another folder", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_file_of_the_backup_itself_is_not_saved_into_it() =>
        Assert.Contains("localFiles", Assert.Throws<MailDataException>(() => (_plan with { LocalFiles = [Path.Combine(_plan.Destination, "nightly", "nightly.pst")] }).Validated()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("en")]
    [InlineData("ja-JP")]
    public void Every_field_of_a_plan_says_what_it_takes(string culture)
    {
        System.Resources.ResourceManager texts = new("PstMigration.Transfer.Strings", typeof(BackupPlan).Assembly);
        BackupPlan full = _plan with { SecondDestination = "/x", OlderThanDays = 1, MetricsFile = "/x", LogPath = "/x", SplitBy = "Size", SplitSize = 1, Schedule = new BackupSchedule { IntervalHours = 1 } };

        foreach ((string name, JsonNode? value) in JsonNode.Parse(BackupPlans.ToJson(full))!.AsObject())
        {
            Assert.NotNull(texts.GetString("BackupField_" + name, CultureInfo.GetCultureInfo(culture)));
            foreach (string inner in name == "schedule" ? value!.AsObject().Select(p => p.Key) : [])
            {
                Assert.NotNull(texts.GetString("BackupField_schedule_" + inner, CultureInfo.GetCultureInfo(culture)));
            }
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_plans.Folder))
        {
            Directory.Delete(_plans.Folder, recursive: true);
        }
    }

    private void Write(string text)
    {
        _plans.Write(_plan, replace: true);
        File.WriteAllText(_plans.PathOf("nightly"), text);
    }

    private string Said()
    {
        MailDataException error = Assert.Throws<MailDataException>(() => _plans.Read("nightly"));
        Assert.Equal("BackupPlanInvalid", error.Id);
        Assert.Contains("'nightly'", error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
