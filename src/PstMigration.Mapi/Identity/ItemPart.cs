namespace PstMigration.Mapi;

/// <summary>The parts of an item that are compared.</summary>
[Flags]
public enum ItemPart
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The folder it is in; told by whoever compares, not by the item.</summary>
    Folder = 1,

    /// <summary>The message class.</summary>
    MessageClass = 2,

    /// <summary>The subject.</summary>
    Subject = 4,

    /// <summary>The text, without markup and without regard to blanks; of a series also what its changed occurrences say instead.</summary>
    Text = 8,

    /// <summary>The recipients, by line and SMTP address.</summary>
    Recipients = 16,

    /// <summary>The attachments, by name and bytes.</summary>
    Attachments = 32,

    /// <summary>What makes an item that is no mail: names and numbers, time and place.</summary>
    Fields = 64,

    /// <summary>Who sent it, or calls the meeting; of kinds that are sent, and of appointments.</summary>
    Sender = 128,

    /// <summary>When it was sent and when it arrived, to the second; of kinds that are sent.</summary>
    Times = 256,

    /// <summary>Whether it is read, and whether it is a draft; of kinds that are sent.</summary>
    State = 512,

    /// <summary>Categories, follow-up flag and importance.</summary>
    Marks = 1024,
}
