namespace PstMigration.Mapi;

/// <summary>What folders hold, by their container classes ([MS-OXOSFLD] 2.2.3).</summary>
public static class FolderClasses
{
    private static readonly string[] s_kinds = ["IPF.Appointment", "IPF.Contact", "IPF.Task", "IPF.StickyNote", "IPF.Journal"];

    /// <summary>Whether folders of two classes hold items of one kind. A class that is none of the known ones, or missing, shows mail.</summary>
    public static bool AreAlike(string one, string other) => KindOf(one) == KindOf(other);

    private static string? KindOf(string containerClass) => Array.Find(s_kinds, k => MessageClasses.IsOfClass(containerClass, k));
}
