namespace PstMigration.Mailboxes;

/// <summary>The picture of a contact.</summary>
internal static class ContactPhoto
{
    /// <summary>The picture; null where the contact has none.</summary>
    public static async Task<byte[]?> ReadAsync(GraphClient client, string contactId, CancellationToken cancellationToken)
    {
        try
        {
            using Stream? photo = await GraphErrors.CallAsync(() => client.User.Contacts[contactId].Photo.Content.GetAsync(
                cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (photo is null)
            {
                return null;
            }

            using MemoryStream bytes = new();
            await photo.CopyToAsync(bytes, 81920, cancellationToken).ConfigureAwait(false);
            return bytes.Length > 0 ? bytes.ToArray() : null;
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Sets the picture. Setting it twice does no harm.</summary>
    public static Task WriteAsync(GraphClient client, string contactId, byte[] photo, CancellationToken cancellationToken)
    {
        var request = client.User.Contacts[contactId].Photo.Content.ToPutRequestInformation(Stream.Null);
        request.Headers.Remove("Content-Type");
        request.SetStreamContent(new MemoryStream(photo), "image/jpeg");
        return GraphErrors.CallAsync(() => client.SendAsync(request, cancellationToken));
    }
}
