namespace PstMigration.Pst;

/// <summary>Which program wrote a data file, as far as the file tells.</summary>
public enum PstWriter : long
{
    /// <summary>Nothing tells.</summary>
    Unknown,

    /// <summary>Outlook: it leaves data of its own in the header, which no specification describes and no other known program writes.</summary>
    Outlook,

    /// <summary>This project: its names are in the map of named properties, and Outlook has not written to the file.</summary>
    PstMigration,
}
