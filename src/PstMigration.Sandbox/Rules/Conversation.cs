using System.Buffers.Binary;

namespace PstMigration.Sandbox;

/// <summary>Threads: a conversation index is 22 bytes and more, the GUID in bytes 6 to 21 names the conversation ([MS-OXOMSG] 2.2.1.3).</summary>
internal static class Conversation
{
    private const int HeaderSize = 22;
    private const int GuidStart = 6;

    /// <summary>A new conversation's index: 0x01, the high 5 bytes of the time, a GUID.</summary>
    public static byte[] NewIndex(long now)
    {
        byte[] index = new byte[HeaderSize];
        byte[] time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, now);
        index[0] = 1;
        time.AsSpan(0, 5).CopyTo(index.AsSpan(1));
        Guid.NewGuid().ToByteArray().CopyTo(index, GuidStart);
        return index;
    }

    /// <summary>The id of the conversation a message is in.</summary>
    public static string Id(MailItem item, Guid mailbox)
    {
        byte[]? index = item.Properties.GetBinary(Tags.ConversationIndex);
        if (index is null || index.Length < HeaderSize)
        {
            return new GraphId(IdKind.Conversation, false, item.Number, 0).ToText(mailbox);
        }

        ReadOnlySpan<byte> guid = index.AsSpan(GuidStart, 16);
        return new GraphId(
            IdKind.Conversation,
            false,
            BinaryPrimitives.ReadInt64BigEndian(guid),
            BinaryPrimitives.ReadUInt32BigEndian(guid[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(guid[12..])).ToText(mailbox);
    }

    /// <summary>The topic of a subject: what is left without Re: and Fw:.</summary>
    public static string Topic(string subject)
    {
        string topic = subject.Trim();
        while (true)
        {
            int colon = topic.IndexOf(':');
            if (colon is < 1 or > 3 || topic.Substring(0, colon).ToUpperInvariant() is not ("RE" or "FW" or "FWD"))
            {
                return topic;
            }

            topic = topic.Substring(colon + 1).TrimStart();
        }
    }
}
