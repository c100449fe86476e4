namespace PstMigration.Mapi;

/// <summary>What folders hold, by their container classes ([MS-OXOSFLD] 2.2.3).</summary>
public static class FolderClasses
{
    /// <summary>Mail; also what a folder without a class shows.</summary>
    public const string Mail = "IPF.Note";

    /// <summary>Appointments.</summary>
    public const string Calendar = "IPF.Appointment";

    /// <summary>Contacts.</summary>
    public const string Contacts = "IPF.Contact";

    /// <summary>Tasks.</summary>
    public const string Tasks = "IPF.Task";

    /// <summary>Notes.</summary>
    public const string Notes = "IPF.StickyNote";

    /// <summary>Journal entries.</summary>
    public const string Journal = "IPF.Journal";

    private static readonly string[] s_kinds = [Calendar, Contacts, Tasks, Notes, Journal];

    /// <summary>Whether folders of two classes hold items of one kind. A class that is none of the known ones, or missing, shows mail.</summary>
    public static bool AreAlike(string one, string other) => KindOf(one) == KindOf(other);

    private static string? KindOf(string containerClass) => Array.Find(s_kinds, k => MessageClasses.IsOfClass(containerClass, k));
}
