namespace PstMigration.Formats;

/// <summary>How an mbox file keeps lines of a message apart from the lines between messages.</summary>
internal enum MboxQuoting
{
    /// <summary>A quote before every line of quotes and From_ (mboxrd); files with quotes before From_ only (mboxo) are read the same way.</summary>
    Quoted,

    /// <summary>Content-Length says where a message ends; lines are as they are (mboxcl2).</summary>
    Counted,
}
