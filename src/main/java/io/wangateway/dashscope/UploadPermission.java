package io.wangateway.dashscope;

/**
 * The answer to a wish to upload: an {@link UploadPolicy}, or {@link NoAnswer}.
 */
public sealed interface UploadPermission permits UploadPolicy, NoAnswer {

}
