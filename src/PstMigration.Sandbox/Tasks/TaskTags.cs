namespace PstMigration.Sandbox;

/// <summary>Where what a task has is stored, beside the properties every item has.</summary>
internal static class TaskTags
{
    public static readonly ExtendedPropertyId Status = ExtendedPropertyId.Known("Integer {00062003-0000-0000-c000-000000000046} Id 0x8101");

    /// <summary>Times as they are given back: on the clock of UTC.</summary>
    public static readonly ExtendedPropertyId Start = Text("TaskStart");
    public static readonly ExtendedPropertyId Due = Text("TaskDue");
    public static readonly ExtendedPropertyId Completed = Text("TaskCompleted");
    public static readonly ExtendedPropertyId Reminder = Text("TaskReminder");

    /// <summary>An open extension, as JSON.</summary>
    public static ExtendedPropertyId Extension(string name) => Text("Extension " + name);

    /// <summary>What the names of extensions begin with.</summary>
    public static readonly string ExtensionPrefix = Text("Extension ").Tag;

    private static ExtendedPropertyId Text(string name) => ExtendedPropertyId.Own("String", name);
}
