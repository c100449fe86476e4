using System.Globalization;
using System.Xml.Linq;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>When backups run, what they keep, and what schedulers get.</summary>
public sealed class BackupPlanTests
{
    private static readonly BackupPlan s_plan = new()
    {
        Name = "nightly",
        Connection = new BackupConnection { Path = "/m.mailbox", Mailbox = "taro@example.jp" },
        Destination = "/backup",
        Schedule = new BackupSchedule { At = new TimeSpan(2, 30, 0) },
    };

    private static readonly BackupCommand s_command = new("/opt/Power Shell/pwsh", "/mod's/PstMigration.psd1", "nightly", null);

    [Theory]
    [InlineData("2026-03-28 12:00", "2026-03-29 03:00 +02:00")] // 02:30 does not come that night
    [InlineData("2026-03-29 12:00", "2026-03-30 02:30 +02:00")]
    [InlineData("2026-10-24 12:00", "2026-10-25 02:30 +02:00")] // the first of the two
    [InlineData("2026-10-25 12:00", "2026-10-26 02:30 +01:00")]
    public void A_night_in_which_the_clock_is_changed_has_one_run(string after, string expected)
    {
        // Central Europe, which not every system has.
        TimeZoneInfo.AdjustmentRule rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday));
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("CE", TimeSpan.FromHours(1), "CE", "CE", "CES", [rule]);
        DateTime wall = DateTime.ParseExact(after, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

        DateTimeOffset next = s_plan.Schedule.Next(new DateTimeOffset(wall, zone.GetUtcOffset(wall)), zone);

        Assert.Equal(expected, next.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Units_have_names_systemd_takes()
    {
        string[] names = [.. new[] { "nightly", "夜間", "夜間.2", new string('夜', 64) }.Select(n => SystemdUnits.NameOf(s_plan with { Name = n }))];

        Assert.Equal("pstmigration-nightly", names[0]);
        Assert.Equal(4, names.Distinct().Count());
        Assert.All(names, n => Assert.Matches("^[a-zA-Z0-9_.-]{1,80}$", n));
        Assert.Equal(names[1] + ".timer", SystemdUnits.Write(s_plan with { Name = "夜間" }, s_command)[1].Name);
    }

    [Fact]
    public void Weeks_and_hours_are_counted()
    {
        DateTimeOffset after = new(2026, 11, 30, 5, 0, 0, TimeSpan.Zero); // a Monday

        Assert.Equal("2026-12-02 22:00", Next(new BackupSchedule { At = TimeSpan.FromHours(22), Days = [DayOfWeek.Wednesday] }));
        Assert.Equal("2026-11-30 06:00", Next(new BackupSchedule { IntervalHours = 6 }));
        after = after.AddHours(16);

        // Schedulers begin anew at midnight, also where the hours do not make up a day.
        Assert.Equal("2026-12-01 00:00", Next(new BackupSchedule { IntervalHours = 7 }));
        Assert.Equal("2026-12-01 00:00", Next(new BackupSchedule { IntervalHours = 24 }));

        string Next(BackupSchedule schedule) => schedule.Next(after, TimeZoneInfo.Utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Older_states_stay_by_age_or_by_period()
    {
        DateTimeOffset now = new(2026, 11, 30, 2, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] states = [.. Enumerable.Range(1, 400).Select(d => now.AddDays(-d))];

        Assert.Equal(30, states.Length - BackupRetention.Parse("30d")!.Expired(states, now, TimeZoneInfo.Utc).Count);
        DateTimeOffset[] kept = [.. states.Except(BackupRetention.Parse("daily=7, monthly=3")!.Expired(states, now, TimeZoneInfo.Utc))];
        Assert.Equal(["11-29", "11-28", "11-27", "11-26", "11-25", "11-24", "11-23", "10-31", "09-30"], kept.Select(k => k.ToString("MM-dd", CultureInfo.InvariantCulture)));
        Assert.Single(states.Except(BackupRetention.Parse("1d")!.Expired(states.Skip(200), now, TimeZoneInfo.Utc)).Skip(200));
    }

    [Theory]
    [InlineData("30")]
    [InlineData("0d")]
    [InlineData("")]
    [InlineData("daily=0")]
    [InlineData("hourly=3")]
    [InlineData("daily=7,30d")]
    public void What_is_no_retention_is_none(string text) => Assert.Null(BackupRetention.Parse(text));

    [Fact]
    public void A_task_is_what_it_was()
    {
        string xml = TaskSchedulerTask.Write(s_plan, s_command, "DOM\\tarō", new DateTime(2026, 11, 30)).Text;

        Assert.Equal(Golden("task-daily.xml"), xml.Replace("\r\n", "\n"));
        XElement task = XElement.Parse(xml);
        Assert.Equal(["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"], task.Elements().Select(e => e.Name.LocalName));
        string weekly = TaskSchedulerTask.Write(s_plan with { Schedule = new BackupSchedule { Days = [DayOfWeek.Friday, DayOfWeek.Monday] } }, s_command, "u", new DateTime(2026, 11, 30)).Text;
        Assert.Equal(["Monday", "Friday"], XElement.Parse(weekly).Descendants().Single(e => e.Name.LocalName == "DaysOfWeek").Elements().Select(e => e.Name.LocalName));
    }

    [Fact]
    public void Units_are_what_systemd_reads()
    {
        IReadOnlyList<ScheduledFile> units = SystemdUnits.Write(s_plan with { Schedule = new BackupSchedule { At = new TimeSpan(2, 30, 0), Days = [DayOfWeek.Sunday] } }, s_command);

        Assert.Contains("OnCalendar=Sun *-*-* 02:30:00\n", units[1].Text);
        Assert.Contains("ExecStart=\"/opt/Power Shell/pwsh\" -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand ", units[0].Text);
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd is not installed.");
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "units-" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            // Any program will do; a shell need not be installed.
            foreach (ScheduledFile unit in SystemdUnits.Write(s_plan, s_command with { Shell = "/bin/true" }).Concat(SystemdUnits.Write(s_plan with { Name = "six", Schedule = new BackupSchedule { IntervalHours = 6 } }, s_command with { Shell = "/bin/true" })))
            {
                File.WriteAllText(Path.Combine(folder, unit.Name), unit.Text);
            }

            using System.Diagnostics.Process verify = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "systemd-analyze", "verify --user --man=no " + string.Join(" ", Directory.GetFiles(folder))) { RedirectStandardError = true, UseShellExecute = false })!;
            string said = verify.StandardError.ReadToEnd();
            verify.WaitForExit();
            Assert.DoesNotContain("pstmigration-", said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_agent_is_a_property_list()
    {
        string plist = LaunchAgent.Write(s_plan with { Schedule = new BackupSchedule { IntervalHours = 8 } }, s_command).Text;
        XElement dict = XDocument.Parse(plist.Replace("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">", "")).Root!.Element("dict")!;

        Assert.Equal(["Label", "ProgramArguments", "StartCalendarInterval", "ProcessType"], dict.Elements("key").Select(k => k.Value));
        Assert.Equal(["0", "8", "16"], dict.Elements("array").Last().Elements("dict").Select(d => d.Elements("integer").First().Value));
        Assert.Equal("/opt/Power Shell/pwsh", dict.Elements("array").First().Elements("string").First().Value);
    }

    [Fact]
    public void A_command_line_holds_no_quotes_and_names_are_text()
    {
        Assert.DoesNotContain('\'', s_command.Arguments);
        Assert.Contains("Import-Module '/mod''s/PstMigration.psd1'", s_command.Script);
        Assert.Equal(s_command.Script, System.Text.Encoding.Unicode.GetString(Convert.FromBase64String(s_command.Arguments.Split(' ').Last())));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("a\n")]
    public void Names_that_are_no_names_are_refused(string name) =>
        Assert.Equal("BackupPlanInvalid", Assert.Throws<MailDataException>(() => (s_plan with { Name = name }).Validated()).Id);

    private static string Golden(string name)
    {
        using Stream stream = typeof(BackupPlanTests).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd().Replace("\r\n", "\n");
    }
}
