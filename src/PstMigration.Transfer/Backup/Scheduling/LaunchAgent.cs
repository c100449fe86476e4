using System.Globalization;
using System.Text;
using System.Xml;

namespace PstMigration.Transfer;

/// <summary>A backup as an agent of a user's launchd: a property list, <c>launchd.plist(5)</c>. What was missed while the computer slept is caught up when it wakes.</summary>
public static class LaunchAgent
{
    /// <summary>What the labels of our agents begin with.</summary>
    public const string Prefix = "pstmigration.";

    /// <summary>The label of the agent of a backup.</summary>
    public static string LabelOf(BackupPlan plan) => Prefix + (plan ?? throw new ArgumentNullException(nameof(plan))).Name;

    /// <summary>Writes the agent.</summary>
    public static ScheduledFile Write(BackupPlan plan, BackupCommand command)
    {
        if (plan is null || command is null)
        {
            throw new ArgumentNullException(plan is null ? nameof(plan) : nameof(command));
        }

        StringBuilder text = new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n");
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("plist");
            xml.WriteAttributeString("version", "1.0");
            xml.WriteStartElement("dict");
            Key(xml, "Label", LabelOf(plan));
            xml.WriteElementString("key", "ProgramArguments");
            xml.WriteStartElement("array");
            foreach (string argument in new[] { command.Shell }.Concat(command.Arguments.Split(' ')))
            {
                xml.WriteElementString("string", argument);
            }

            xml.WriteEndElement();
            xml.WriteElementString("key", "StartCalendarInterval");
            xml.WriteStartElement("array");
            foreach ((int hour, int minute, int? day) in Times(plan.Schedule))
            {
                xml.WriteStartElement("dict");
                Key(xml, "Hour", hour);
                Key(xml, "Minute", minute);
                if (day is int weekday)
                {
                    Key(xml, "Weekday", weekday);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            Key(xml, "ProcessType", "Background");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return new ScheduledFile(LabelOf(plan) + ".plist", text.Append('\n').ToString());
    }

    private static IEnumerable<(int Hour, int Minute, int? Day)> Times(BackupSchedule schedule) =>
        from day in schedule.Days.Count == 0 ? [(int?)null] : schedule.Days.Distinct().OrderBy(d => d).Select(d => (int?)d)
        from time in schedule.TimesOfDay
        select (time.Hours, time.Minutes, day);

    private static void Key(XmlWriter xml, string name, string value)
    {
        xml.WriteElementString("key", name);
        xml.WriteElementString("string", value);
    }

    private static void Key(XmlWriter xml, string name, int value)
    {
        xml.WriteElementString("key", name);
        xml.WriteElementString("integer", value.ToString(CultureInfo.InvariantCulture));
    }
}
