namespace PstMigration.Mapi;

/// <summary>Named properties the code itself needs; every other name is in the embedded catalog.</summary>
public static class PropertyNames
{
    /// <summary>Categories (strings).</summary>
    public static readonly PropertyName Keywords = new(PropertySets.PublicStrings, "Keywords");

    /// <summary>The follow-up flag's text.</summary>
    public static readonly PropertyName FlagRequest = new(PropertySets.Common, 0x8530);

    /// <summary>When an appointment starts, in UTC (PidLidAppointmentStartWhole).</summary>
    public static readonly PropertyName AppointmentStart = new(PropertySets.Appointment, 0x820D);

    /// <summary>When an appointment ends, in UTC (PidLidAppointmentEndWhole).</summary>
    public static readonly PropertyName AppointmentEnd = new(PropertySets.Appointment, 0x820E);

    /// <summary>Where an appointment takes place (PidLidLocation).</summary>
    public static readonly PropertyName AppointmentLocation = new(PropertySets.Appointment, 0x8208);

    /// <summary>The marker of a copied item (string): see <see cref="ItemMarker"/>.</summary>
    public static readonly PropertyName Marker = new(PropertySets.PublicStrings, "PstMigrationMarker");

    /// <summary>The <see cref="ItemKey"/> of the item this one was copied from (string).</summary>
    public static readonly PropertyName SourceKey = new(PropertySets.PstMigration, "SourceKey");

    /// <summary>The <see cref="ItemVersion"/> of the item this one was copied from (string).</summary>
    public static readonly PropertyName SourceVersion = new(PropertySets.PstMigration, "SourceVersion");

    /// <summary>The content digest of the item this one was copied from (string, hexadecimal).</summary>
    public static readonly PropertyName SourceDigest = new(PropertySets.PstMigration, "SourceDigest");

    /// <summary>The folder in its store that item was in (string), as <see cref="FolderPath.ToString"/> writes it.</summary>
    public static readonly PropertyName SourceFolder = new(PropertySets.PstMigration, "SourceFolder");

    /// <summary>The <see cref="ItemIdentity"/> of that item (string).</summary>
    public static readonly PropertyName SourceIdentity = new(PropertySets.PstMigration, "SourceIdentity");

    /// <summary>The <see cref="ItemState"/> of that item when it was copied (string).</summary>
    public static readonly PropertyName SourceState = new(PropertySets.PstMigration, "SourceState");

    /// <summary>What the copy does not have of that item (string), as <see cref="LossText"/> writes it; absent where nothing was lost.</summary>
    public static readonly PropertyName Losses = new(PropertySets.PstMigration, "Losses");

    /// <summary>Where the copy was put (string): what names a folder in its store.</summary>
    public static readonly PropertyName PlacedIn = new(PropertySets.PstMigration, "PlacedIn");

    /// <summary>Whether the item this one was copied from was taken out of its store, because this copy is whole (Boolean).</summary>
    public static readonly PropertyName SourceRemoved = new(PropertySets.PstMigration, "SourceRemoved");

    /// <summary>Whether a name says where a copy comes from, and so is never copied on.</summary>
    public static bool IsProvenance(PropertyName name) => name == Marker || (name.Set == PropertySets.PstMigration
        && (name == SourceKey || name == SourceVersion || name == SourceDigest || name == SourceFolder || name == SourceIdentity || name == SourceState || name == Losses || name == PlacedIn || name == SourceRemoved));

    /// <summary>On a message store: the store key of the mailbox this file is an export of (string).</summary>
    public static readonly PropertyName ExportOf = new(PropertySets.PstMigration, "ExportOf");

    /// <summary>On a message store: by what rule the series of files is split that this file is a part of (string), as written by the room of data files.</summary>
    public static readonly PropertyName Split = new(PropertySets.PstMigration, "Split");

    /// <summary>On the message store of the first file of a series: which files the last run that was completed left of it (string), as written by the room of data files.</summary>
    public static readonly PropertyName Parts = new(PropertySets.PstMigration, "Parts");
}
