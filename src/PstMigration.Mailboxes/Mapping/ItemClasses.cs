using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Which item classes the service takes.</summary>
internal static class ItemClasses
{
    private static readonly string[] s_mail = ["IPM.Note", "REPORT", "IPM.Schedule.Meeting", "IPM.Post"];

    /// <summary>Mail, reports, posts, and mail about meetings.</summary>
    public static bool IsMail(string messageClass) => System.Array.Exists(s_mail, family => MessageClasses.IsOfClass(messageClass, family));

    /// <summary>Contacts, but not distribution lists.</summary>
    public static bool IsContact(string messageClass) => MessageClasses.IsOfClass(messageClass, "IPM.Contact");

    /// <summary>Appointments and meetings in a calendar.</summary>
    public static bool IsEvent(string messageClass) => MessageClasses.IsOfClass(messageClass, "IPM.Appointment");

    /// <summary>Tasks, but not mail about them.</summary>
    public static bool IsTask(string messageClass) => MessageClasses.IsOfClass(messageClass, "IPM.Task");
}
