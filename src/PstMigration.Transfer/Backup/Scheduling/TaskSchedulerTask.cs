using System.Globalization;
using System.Text;
using System.Xml;

namespace PstMigration.Transfer;

/// <summary>
/// A backup as a task of Windows Task Scheduler, version 1.2: XML for <c>Register-ScheduledTask -Xml</c>. Elements are in the order of the published schema ([MS-TSCH] 2.5), which the
/// service insists on. It runs as the user who registers it and while they are signed in (InteractiveToken): what decrypts a kept sign-in needs that, and no password is stored.
/// </summary>
public static class TaskSchedulerTask
{
    /// <summary>The folder of our tasks.</summary>
    public const string Folder = "\\PstMigration\\";

    private const string Namespace = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    /// <summary>Writes the task.</summary>
    /// <param name="plan">The backup.</param>
    /// <param name="command">What it runs.</param>
    /// <param name="user">Who runs it, as DOMAIN\user.</param>
    /// <param name="start">The local day from which it runs.</param>
    public static ScheduledFile Write(BackupPlan plan, BackupCommand command, string user, DateTime start)
    {
        if (plan is null || command is null)
        {
            throw new ArgumentNullException(plan is null ? nameof(plan) : nameof(command));
        }

        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\r\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("Task", Namespace);
            xml.WriteAttributeString("version", "1.2");
            xml.WriteStartElement("RegistrationInfo");
            xml.WriteElementString("Author", user);
            xml.WriteElementString("Description", LocalText.Format(Strings.BackupTaskDescription, plan.Name, plan.Connection.Mailbox));
            xml.WriteElementString("URI", Folder + plan.Name);
            xml.WriteEndElement();
            WriteTrigger(xml, plan.Schedule, start);
            xml.WriteStartElement("Principals");
            xml.WriteStartElement("Principal");
            xml.WriteAttributeString("id", "Author");
            xml.WriteElementString("UserId", user);
            xml.WriteElementString("LogonType", "InteractiveToken");
            xml.WriteElementString("RunLevel", "LeastPrivilege");
            xml.WriteEndElement();
            xml.WriteEndElement();
            WriteSettings(xml);
            xml.WriteStartElement("Actions");
            xml.WriteAttributeString("Context", "Author");
            xml.WriteStartElement("Exec");
            xml.WriteElementString("Command", command.Shell);
            xml.WriteElementString("Arguments", command.Arguments);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return new ScheduledFile(plan.Name, text.Append("\r\n").ToString());
    }

    private static void WriteTrigger(XmlWriter xml, BackupSchedule schedule, DateTime start)
    {
        xml.WriteStartElement("Triggers");
        xml.WriteStartElement("CalendarTrigger");
        if (schedule.IntervalHours is int hours && hours < 24)
        {
            xml.WriteStartElement("Repetition");
            xml.WriteElementString("Interval", "PT" + hours.ToString(CultureInfo.InvariantCulture) + "H");
            xml.WriteElementString("Duration", "P1D");
            xml.WriteElementString("StopAtDurationEnd", "false");
            xml.WriteEndElement();
        }

        DateTime first = start.Date + (schedule.IntervalHours is null ? schedule.At : TimeSpan.Zero);
        xml.WriteElementString("StartBoundary", first.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteElementString("Enabled", "true");
        xml.WriteElementString("RandomDelay", "PT15M");
        if (schedule.Days.Count > 0)
        {
            xml.WriteStartElement("ScheduleByWeek");
            xml.WriteElementString("WeeksInterval", "1");
            xml.WriteStartElement("DaysOfWeek");
            foreach (DayOfWeek day in schedule.Days.Distinct().OrderBy(d => d))
            {
                xml.WriteElementString(day.ToString(), "");
            }

            xml.WriteEndElement();
        }
        else
        {
            xml.WriteStartElement("ScheduleByDay");
            xml.WriteElementString("DaysInterval", "1");
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // A computer that was off catches up; one on battery goes on; a second run never starts beside the first.
    private static void WriteSettings(XmlWriter xml)
    {
        xml.WriteStartElement("Settings");
        xml.WriteElementString("MultipleInstancesPolicy", "IgnoreNew");
        xml.WriteElementString("DisallowStartIfOnBatteries", "false");
        xml.WriteElementString("StopIfGoingOnBatteries", "false");
        xml.WriteElementString("AllowHardTerminate", "true");
        xml.WriteElementString("StartWhenAvailable", "true");
        xml.WriteElementString("RunOnlyIfNetworkAvailable", "true");
        xml.WriteElementString("AllowStartOnDemand", "true");
        xml.WriteElementString("Enabled", "true");
        xml.WriteElementString("Hidden", "false");
        xml.WriteElementString("RunOnlyIfIdle", "false");
        xml.WriteElementString("WakeToRun", "true");
        xml.WriteElementString("ExecutionTimeLimit", "PT0S");
        xml.WriteElementString("Priority", "7");
        xml.WriteStartElement("RestartOnFailure");
        xml.WriteElementString("Interval", "PT30M");
        xml.WriteElementString("Count", "3");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
