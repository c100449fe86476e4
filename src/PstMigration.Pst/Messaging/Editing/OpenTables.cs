using PstMigration.Pst.Ltp.Editing;

namespace PstMigration.Pst.Messaging;

/// <summary>The tables of a folder that are being changed. They stay open until the changes are committed.</summary>
internal sealed class OpenTables
{
    public TableContextEditor? Hierarchy { get; set; }

    public TableContextEditor? Contents { get; set; }

    public TableContextEditor? Associated { get; set; }

    /// <summary>Writes what was changed and lets go.</summary>
    public void Save()
    {
        Hierarchy?.Save();
        Contents?.Save();
        Associated?.Save();
        Forget();
    }

    /// <summary>Lets go of what was changed.</summary>
    public void Forget()
    {
        Hierarchy = null;
        Contents = null;
        Associated = null;
    }
}
